import type { BgNbdParameters } from './bg-nbd';
import { checkSummary, type PurchaseSummary } from './purchase-summary';

/** Customers with the same purchases, whose likelihood is the same. */
interface Alike {
  customers: number;
  repeats: number;
  /** Where the times stand in the list of different ones. */
  lastAt: number;
  observed: number;
}

/**
 * The log-likelihood of purchases as a function of the parameters, made once and asked many times. Customers with
 * equal repeats, last purchase and time observed weigh together, and what depends on one of the three alone is worked
 * out once for each of its values: times in whole days have few. Γ(r + x)/Γ(r) and B(a, b + x)/B(a, b) are products of
 * x factors for whole x, so that no gamma function is needed. The order of the customers makes no difference.
 */
export class BgNbdLikelihood {
  readonly mostRepeats: number;
  private readonly customers: number;
  /** The different times, rising. */
  private readonly times: Float64Array;
  private readonly groups: readonly Alike[];

  /** @throws SynclineError ANALYTICS_PURCHASES_INVALID */
  constructor(summaries: readonly PurchaseSummary[]) {
    summaries.forEach(checkSummary);
    const sorted = [...summaries].sort(byPurchases);
    this.customers = sorted.length;
    this.mostRepeats = sorted.at(-1)?.repeats ?? 0;
    this.times = differentTimes(sorted);
    this.groups = groupsOf(sorted, this.times);
  }

  /** Natural logarithm of the likelihood of all purchases. */
  at(parameters: BgNbdParameters): number {
    const { r, alpha, a, b } = parameters;
    const products = logProducts(parameters, this.mostRepeats);
    const logTimes = this.times.map((time) => Math.log(alpha + time));
    let total = this.customers * r * Math.log(alpha);
    for (const { customers, repeats: x, lastAt, observed } of this.groups) {
      const stays = -(r + x) * logTimes[observed];
      let either = stays;
      if (x > 0) {
        const left = Math.log(a / (b + x - 1)) - (r + x) * logTimes[lastAt];
        const [low, high] = stays < left ? [stays, left] : [left, stays];
        either = high + Math.log1p(Math.exp(low - high));
      }
      total += customers * (products[x] + either);
    }
    return total;
  }
}

/** ln Γ(r + x)/Γ(r) · B(a, b + x)/B(a, b) for x from 0 to `most`. */
function logProducts({ r, a, b }: BgNbdParameters, most: number): Float64Array {
  const logs = new Float64Array(most + 1);
  for (let x = 0; x < most; x += 1) logs[x + 1] = logs[x] + Math.log(((r + x) * (b + x)) / (a + b + x));
  return logs;
}

function byPurchases(one: PurchaseSummary, other: PurchaseSummary): number {
  return one.repeats - other.repeats || one.lastAt - other.lastAt || one.observed - other.observed;
}

function differentTimes(summaries: readonly PurchaseSummary[]): Float64Array {
  const times = new Set<number>();
  for (const { lastAt, observed } of summaries) times.add(lastAt).add(observed);
  return Float64Array.from(times).sort();
}

/** Of summaries in their order: equal ones stand side by side. */
function groupsOf(sorted: readonly PurchaseSummary[], times: Float64Array): Alike[] {
  const places = new Map(Array.from(times, (time, place) => [time, place]));
  const groups: Alike[] = [];
  sorted.forEach(({ repeats, lastAt, observed }, index) => {
    const before = sorted[index - 1];
    const last = groups.at(-1);
    if (last && before && byPurchases(before, sorted[index]) === 0) last.customers += 1;
    else groups.push({ customers: 1, repeats, lastAt: places.get(lastAt)!, observed: places.get(observed)! });
  });
  return groups;
}
