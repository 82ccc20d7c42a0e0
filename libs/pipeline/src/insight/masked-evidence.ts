import type { AlertEvidence, AlertRule } from '@syncline/analytics';
import { MASK } from '../shared/mask';

/** The evidence of these rules is made of profits. */
const OF_PROFITS: ReadonlySet<AlertRule> = new Set(['LOSS_MAKING']);

/** What a rule saw, for readers who may not see profits; what is not known stays unknown. */
export function withoutProfits({ rule, evidence }: { rule: AlertRule; evidence: AlertEvidence }): AlertEvidence {
  if (!OF_PROFITS.has(rule)) return evidence;
  return Object.fromEntries(Object.entries(evidence).map(([name, value]) => [name, value === null ? null : MASK]));
}
