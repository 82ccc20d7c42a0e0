/** Customers for partnership, for price, and for advice. */
export const CUSTOMER_CLASSES = ['strategic', 'intrinsic_value', 'extrinsic_value'] as const;
export type CustomerClass = (typeof CUSTOMER_CLASSES)[number];

/** Facts by name, see `INSIGHT_FACTS`; null = not known. */
export type ClassFacts = Readonly<Record<string, number | string | boolean | null>>;

/** A rule with its condition compiled; a condition may be undecided (null). No condition = always. */
export interface ClassRule {
  class: CustomerClass;
  when: { holds(facts: ClassFacts): boolean | null } | null;
}

export interface ClassDecision {
  class: CustomerClass;
  /** A person decided, or the rule with that number (from 1) did. */
  by: 'person' | 'rule';
  rule: number | null;
}

/**
 * The class of a customer: a person's word where there is one, else that of the first rule that holds; null when none
 * does. (Rackham, DeVincentis, Rethinking the Sales Force, 1999, for the three classes.)
 */
export function classifyCustomer(
  rules: readonly ClassRule[],
  facts: ClassFacts,
  override: CustomerClass | null,
): ClassDecision | null {
  if (override !== null) return { class: override, by: 'person', rule: null };
  const index = rules.findIndex(({ when }) => when === null || when.holds(facts) === true);
  return index < 0 ? null : { class: rules[index].class, by: 'rule', rule: index + 1 };
}
