import { analyticsError } from './errors';

/** A customer's purchases in brief. Times since its first purchase, all customers in one unit (days, weeks). */
export interface PurchaseSummary {
  /** Purchases after the first one. */
  repeats: number;
  /** Time of the last purchase; 0 without repeats. */
  lastAt: number;
  /** Time observed. */
  observed: number;
}

/** @throws SynclineError ANALYTICS_PURCHASES_INVALID */
export function checkSummary({ repeats, lastAt, observed }: PurchaseSummary): void {
  const isValid = Number.isInteger(repeats) && repeats >= 0 && lastAt >= 0 && lastAt <= observed && observed < Infinity;
  if (!isValid) throw analyticsError('ANALYTICS_PURCHASES_INVALID');
}
