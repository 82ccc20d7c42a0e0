import { BgNbdLikelihood } from './bg-nbd-likelihood';
import { minimise } from './nelder-mead';
import { checkSummary, type PurchaseSummary } from './purchase-summary';

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
 * Log-likelihood of the purchases under the parameters (formula 6 of the 2005 paper).
 * @throws SynclineError ANALYTICS_PURCHASES_INVALID
 */
export function bgNbdLogLikelihood(summaries: readonly PurchaseSummary[], parameters: BgNbdParameters): number {
  return new BgNbdLikelihood(summaries).at(parameters);
}

/**
 * The parameters under which these purchases are likeliest. Null when they can't tell: fewer than `minCustomers`
 * customers, none that ever came back, or a search that does not settle. The same customers in any order give the
 * same parameters up to rounding. The likelihood is worked out at most some 1,600 times, each time once for every
 * different summary.
 * @throws SynclineError ANALYTICS_PURCHASES_INVALID
 */
export function fitBgNbd(summaries: readonly PurchaseSummary[], minCustomers = 1): BgNbdParameters | null {
  const likelihood = new BgNbdLikelihood(summaries);
  if (summaries.length < Math.max(1, minCustomers) || likelihood.mostRepeats === 0) return null;
  const time = summaries.reduce((total, each) => total + each.observed, 0) / summaries.length;
  if (!(time > 0)) return null;
  const cost = (logs: readonly number[]): number => {
    if (logs.some((log) => Math.abs(log) > LARGEST_LOG)) return Infinity;
    const value = likelihood.at(fromLogs(logs, time));
    return Number.isFinite(value) ? -value / summaries.length : Infinity;
  };
  // α is searched in units of the mean time observed, so that days and weeks find the same customers.
  const found = minimise(cost, [0, Math.log(0.1), 0, 0], { tolerance: 1e-9, maxEvaluations: MOST_EVALUATIONS });
  return found.converged ? fromLogs(found.at, time) : null;
}

/** Of one of the two searches; those that settle need some 250. */
const MOST_EVALUATIONS = 800;

/** e^8 ≈ 3,000: beyond it all customers are alike (or all different), and the likelihood is flat. */
const LARGEST_LOG = 8;

function fromLogs(logs: readonly number[], time: number): BgNbdParameters {
  const [r, alpha, a, b] = logs.map(Math.exp);
  return { r, alpha: alpha * time, a, b };
}
