import type { LocalDate } from '@syncline/model';
import { overridesInForce, type CreditOverride } from './credit-override';

/**
 * What acts on a customer of a day: its own decisions, and of each kind that it has none of, those of the customers
 * that were merged into it. Several merged customers count alike, whichever was merged first or through whom, so that
 * the order of merges changes nothing. Holds come along in any case: a customer is not let go by being found twice.
 * In the order in which they were decided.
 * @param overrides of the customer and of those merged into it, in any order
 */
export function overridesWithInherited(
  customerId: string,
  overrides: readonly CreditOverride[],
  asOf: LocalDate,
): CreditOverride[] {
  const inForce = overridesInForce(overrides, asOf);
  const isOwn = (each: CreditOverride) => each.customerId === customerId;
  const own = new Set(inForce.filter(isOwn).map(({ kind }) => kind));
  return inForce.filter((each) => isOwn(each) || each.kind === 'hold' || !own.has(each.kind));
}
