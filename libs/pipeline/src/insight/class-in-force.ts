import type { ClassOverride } from './insight-store.port';

/**
 * The decision on a customer's class that counts: its own, otherwise the latest one of the customers that were merged
 * into it; of one moment, that of the greater customer id.
 * @param decisions of the customer and of those merged into it, in any order
 */
export function classInForce(customerId: string, decisions: readonly ClassOverride[]): ClassOverride | undefined {
  const place = (each: ClassOverride) => `${each.decidedAt} ${each.customerId}`;
  return (
    decisions.find((each) => each.customerId === customerId) ??
    decisions.toSorted((a, b) => (place(a) < place(b) ? 1 : -1))[0]
  );
}
