import { INSIGHT_FACTS } from '@syncline/analytics';
import { compileRule, type FactType, type RuleCondition } from './rule-condition';

/** The facts that conditions of customer classes may name. */
export const INSIGHT_FACT_TYPES: ReadonlyMap<string, FactType> = new Map(
  Object.entries(INSIGHT_FACTS).map(([name, { type }]) => [name, type]),
);

/**
 * Compiles the condition of a customer class.
 * @throws RuleSyntaxError for unknown names, wrong types and bad syntax
 */
export function compileClassCondition(when: string): RuleCondition {
  return compileRule(when, INSIGHT_FACT_TYPES);
}
