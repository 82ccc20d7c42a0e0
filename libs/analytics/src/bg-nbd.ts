import { analyticsError } from './errors';
import { minimise } from './nelder-mead';

/** A customer's purchases in brief. Times since its first purchase, all customers in one unit (days, weeks). */
export interface PurchaseSummary {
  /** Purchases after the first one. */
  repeats: number;
  /** Time of the last purchase; 0 without repeats. */
  lastAt: number;
  /** Time observed. */
  observed: number;
}

/** Purchase rates are spread over the customers as Gamma(r, α), chances to leave after a purchase as Beta(a, b). */
export interface BgNbdParameters {
  r: number;
  /** In the unit of time. */
  alpha: number;
  a: number;
  b: number;
}

/**
 * The chance that the customer has not left for ever, 0 to 1, by the BG/NBD model:
 * 1 / (1 + [x > 0] a/(b + x − 1) ((α + T)/(α + t))^(r + x)) with x repeats, the last at t, observed for T.
 * Without a repeat it is 1: in this model customers leave only after a repeat purchase.
 * (Fader, Hardie, Lee, "Counting Your Customers" the Easy Way, Marketing Science 24, 2005; the expression is that of
 * Fader and Hardie, Computing P(alive) Using the BG/NBD Model, 2008.)
 * @throws SynclineError ANALYTICS_PURCHASES_INVALID
 */
export function pAlive(summary: PurchaseSummary, { r, alpha, a, b }: BgNbdParameters): number {
  checkSummary(summary);
  const { repeats: x, lastAt, observed } = summary;
  if (x === 0) return 1;
  // By its logarithm, because the power overflows for frequent customers that were gone for long.
  const logOdds = Math.log(a) - Math.log(b + x - 1) + (r + x) * Math.log((alpha + observed) / (alpha + lastAt));
  return 1 / (1 + Math.exp(logOdds));
}

/**
 * Log-likelihood of the purchases under the parameters (formula 6 of the 2005 paper). Γ(r + x)/Γ(r) and
 * B(a, b + x)/B(a, b) are products of x factors for whole x, so that no gamma function is needed.
 * @throws SynclineError ANALYTICS_PURCHASES_INVALID
 */
export function bgNbdLogLikelihood(summaries: readonly PurchaseSummary[], parameters: BgNbdParameters): number {
  summaries.forEach(checkSummary);
  return logLikelihood(summaries, parameters, mostRepeats(summaries));
}

/**
 * The parameters under which these purchases are likeliest. Null when they can't tell: fewer than `minCustomers`
 * customers, none that ever came back, or a search that does not settle. The same customers in any order give the
 * same parameters up to rounding.
 * @throws SynclineError ANALYTICS_PURCHASES_INVALID
 */
export function fitBgNbd(summaries: readonly PurchaseSummary[], minCustomers = 1): BgNbdParameters | null {
  summaries.forEach(checkSummary);
  const most = mostRepeats(summaries);
  if (summaries.length < Math.max(1, minCustomers) || most === 0) return null;
  const time = summaries.reduce((total, each) => total + each.observed, 0) / summaries.length;
  if (!(time > 0)) return null;
  const cost = (logs: readonly number[]): number => {
    if (logs.some((log) => Math.abs(log) > LARGEST_LOG)) return Infinity;
    const value = logLikelihood(summaries, fromLogs(logs, time), most);
    return Number.isFinite(value) ? -value / summaries.length : Infinity;
  };
  // α is searched in units of the mean time observed, so that days and weeks find the same customers.
  const found = minimise(cost, [0, Math.log(0.1), 0, 0], { tolerance: 1e-9, maxIterations: 2_000 });
  return found.converged ? fromLogs(found.at, time) : null;
}

/** e^8 ≈ 3,000: beyond it all customers are alike (or all different), and the likelihood is flat. */
const LARGEST_LOG = 8;

function fromLogs(logs: readonly number[], time: number): BgNbdParameters {
  const [r, alpha, a, b] = logs.map(Math.exp);
  return { r, alpha: alpha * time, a, b };
}

function logLikelihood(summaries: readonly PurchaseSummary[], parameters: BgNbdParameters, most: number): number {
  const { r, alpha, a, b } = parameters;
  const { gammas, betas } = products(parameters, most);
  const logAlpha = Math.log(alpha);
  let total = 0;
  for (const { repeats: x, lastAt, observed } of summaries) {
    const stays = -(r + x) * Math.log(alpha + observed);
    total += gammas[x] + betas[x] + r * logAlpha;
    if (x === 0) total += stays;
    else {
      const left = Math.log(a / (b + x - 1)) - (r + x) * Math.log(alpha + lastAt);
      const [low, high] = stays < left ? [stays, left] : [left, stays];
      total += high + Math.log1p(Math.exp(low - high));
    }
  }
  return total;
}

/** ln Γ(r + x)/Γ(r) and ln B(a, b + x)/B(a, b) for x from 0 to `most`. */
function products({ r, a, b }: BgNbdParameters, most: number): { gammas: Float64Array; betas: Float64Array } {
  const gammas = new Float64Array(most + 1);
  const betas = new Float64Array(most + 1);
  for (let x = 0; x < most; x += 1) {
    gammas[x + 1] = gammas[x] + Math.log(r + x);
    betas[x + 1] = betas[x] + Math.log((b + x) / (a + b + x));
  }
  return { gammas, betas };
}

function mostRepeats(summaries: readonly PurchaseSummary[]): number {
  return summaries.reduce((most, { repeats }) => Math.max(most, repeats), 0);
}

function checkSummary({ repeats, lastAt, observed }: PurchaseSummary): void {
  const isValid = Number.isInteger(repeats) && repeats >= 0 && lastAt >= 0 && lastAt <= observed && observed < Infinity;
  if (!isValid) throw analyticsError('ANALYTICS_PURCHASES_INVALID');
}
