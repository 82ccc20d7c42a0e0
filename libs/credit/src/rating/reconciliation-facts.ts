import { Big, canonicalDecimal, daysBetween, type Decimal, type LocalDate } from '@syncline/model';
import { roundingOf, type BalanceOfDay, type BalanceResult, type CurrencyConverter } from '@syncline/receivables';
import type { KnownFacts } from './rating-facts';

/** The balance that a system reports last of a customer in one currency, and why the view differs. */
export interface ReconciledBalance {
  day: BalanceOfDay;
  result: BalanceResult;
}

/**
 * What reconciliation with the ERPs says of a customer, in the currency of `converter`:
 * - `recon_diff_abs`: Σ |UNKNOWN breaks| over systems and currencies. What a typed break explains is the business of a
 *   bookkeeper, not a doubt about what the customer owes;
 * - `recon_tolerance`: Σ 0.01 a line of what was compared: what rounding may come to;
 * - `stale`: a system that reports balances of the customer did so last for a day that lies further back than
 *   `windows.data_freshness_max_hours`, a day counted as 24 hours: nobody knows whether the view still agrees.
 *
 * Undefined where no system reports a balance: nothing is verified, and nothing is doubted. The difference is null when
 * it can't be converted. (Method, Receivables, control account; rule H12.)
 */
export function reconciliationFacts(
  balances: readonly ReconciledBalance[],
  converter: CurrencyConverter,
  { asOf, maxHours }: { asOf: LocalDate; maxHours: number },
): KnownFacts | undefined {
  if (balances.length === 0) return undefined;
  let difference: Big | null = ZERO;
  let tolerance = ZERO;
  for (const { day, result } of balances) {
    const factor = converter.factor(day.system, day.currency);
    const unknown = unknownOf(result);
    if (factor !== null) tolerance = tolerance.plus(factor.times(roundingOf(day.lines)));
    if (factor !== null) difference = difference && difference.plus(factor.times(unknown));
    else if (unknown !== '0') difference = null;
  }
  return {
    recon_diff_abs: difference && canonicalDecimal(difference.round(2)),
    recon_tolerance: canonicalDecimal(tolerance.round(2)),
    stale: balances.some(({ day }) => daysBetween(day.asOf, asOf) * HOURS_OF_DAY > maxHours),
  };
}

const ZERO = new Big(0);
const HOURS_OF_DAY = 24;

function unknownOf({ breaks }: BalanceResult): Decimal {
  const unknown = breaks.filter(({ type }) => type === 'UNKNOWN');
  return canonicalDecimal(unknown.reduce((total, { amount }) => total.plus(new Big(amount).abs()), ZERO));
}
