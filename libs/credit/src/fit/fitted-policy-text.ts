import { isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';
import type { LocalDate } from '@syncline/model';
import { creditPolicyOf } from '../policy/credit-policy';
import type { CreditPolicy } from '../policy/policy-schema';

/** How a fitted policy calls itself. */
export interface FittedPolicyName {
  id: string;
  version: number;
  effectiveFrom: LocalDate;
}

/**
 * The expert's policy file with another scorecard, its cut-offs and name, and everything else, comments too, as it was.
 * What is written is read back and checked like any policy.
 * @param comment what it was made from, one line each
 * @throws SynclineError CREDIT_POLICY_INVALID when the expert's file can't take the scorecard
 */
export function fittedPolicyText(
  expertText: string,
  { scorecard, missing, grades }: CreditPolicy,
  { id, version, effectiveFrom }: FittedPolicyName,
  comment: readonly string[],
): string {
  const document = parseDocument(expertText);
  document.commentBefore = comment.map((line) => ` ${line}`).join('\n');
  document.setIn(['policy', 'id'], id);
  document.setIn(['policy', 'version'], version);
  document.setIn(['policy', 'effective_from'], effectiveFrom);
  document.setIn(['missing', 'min_weight_present'], missing.minWeightPresent);
  document.setIn(['missing', 'required'], document.createNode(missing.required, { flow: true }));
  const before: unknown = document.get('scorecard');
  const card = document.createNode(scorecard) as YAMLMap;
  // A line for each feature, as people write it.
  for (const { value } of card.items) if (isMap(value)) value.flow = true;
  if (isMap(before)) card.commentBefore = before.commentBefore;
  document.set('scorecard', card);
  const list = document.get('grades');
  if (isSeq(list)) grades.forEach(({ min }, index) => document.setIn(['grades', index, 'min'], min));
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  creditPolicyOf(text, 'fitted policy');
  return text;
}
