import { Big, daysBetween, type CreditRating, type LocalDate } from '@syncline/model';
import type { CreditPolicy } from '../policy/policy-schema';
import { compilePolicy } from '../rating/compiled-policy';
import type { CreditOverride, OverrideProposal } from './credit-override';

/** What an override is compared with: the rating in force. */
export type OverriddenRating = Pick<CreditRating, 'grade' | 'termDays' | 'limit' | 'hold' | 'reasons' | 'derivation'>;

export const OVERRIDE_FINDINGS = {
  NOTHING_CHANGED: 'it changes nothing',
  REASON_MISSING: 'a reason is needed',
  ATTACHMENT_MISSING: 'an attachment is needed',
  EXPIRY_MISSING: 'a last day is needed',
  EXPIRY_PAST: 'the last day is before the first day or before today',
  TOO_LONG: 'it lasts longer than the policy allows',
  UNKNOWN_GRADE: 'the policy has no such grade',
  TERM_NOT_ALLOWED: 'the term is not in term.allowed',
  TOO_FAR_UP: 'it is better than the policy lets a person decide',
  FORBIDDEN: 'a rule that nobody can override holds',
  NOT_HIGHER: 'a temporary limit must be above the limit in force',
  WRONG_FIELDS: 'this kind cannot change that',
} as const;

export type OverrideFindingCode = keyof typeof OVERRIDE_FINDINGS;

/** Why an override cannot be proposed, and at which field. */
export interface OverrideFinding {
  code: OverrideFindingCode;
  field: keyof OverrideProposal;
  message: string;
}

const found = (code: OverrideFindingCode, field: keyof OverrideProposal, detail = ''): OverrideFinding => ({
  code,
  field,
  message: `${OVERRIDE_FINDINGS[code]}${detail}`,
});

/**
 * Everything that keeps a proposal from being made: what the policy requires of it, how long and how far it may go,
 * and rules that nobody can override. A hold needs a reason and nothing else: it can only be on the safe side. So is a
 * group limit, as far as it reaches and as long as it lasts.
 * @param today the business date of the proposal
 */
export function checkOverride(
  proposal: OverrideProposal,
  rating: OverriddenRating,
  policy: CreditPolicy,
  today: LocalDate,
): OverrideFinding[] {
  return [
    ...fieldFindings(proposal, policy),
    ...formFindings(proposal, policy),
    ...timeFindings(proposal, policy, today),
    ...(isTightening(proposal) ? [] : reachFindings(proposal, rating, policy)),
  ];
}

function fieldFindings({ kind, grade, termDays, limit, hold }: OverrideProposal, policy: CreditPolicy) {
  const findings: OverrideFinding[] = [];
  if (kind === 'hold' && (hold === null || hold === 'none')) findings.push(found('NOTHING_CHANGED', 'hold'));
  if ((kind === 'temporary_limit' || kind === 'group_limit') && limit === null)
    findings.push(found('NOTHING_CHANGED', 'limit'));
  if (kind === 'override' && grade === null && termDays === null && limit === null && hold === null)
    findings.push(found('NOTHING_CHANGED', 'kind'));
  const foreign = { grade, termDays, ...(kind === 'hold' ? { limit } : { hold }) };
  for (const [field, value] of kind === 'override' ? [] : Object.entries(foreign))
    if (value !== null) findings.push(found('WRONG_FIELDS', field as keyof OverrideProposal, `: ${field}`));
  if (grade !== null && !compilePolicy(policy).rankOf.has(grade)) findings.push(found('UNKNOWN_GRADE', 'grade'));
  if (termDays !== null && !policy.term.allowed.includes(termDays))
    findings.push(found('TERM_NOT_ALLOWED', 'termDays', ` (${policy.term.allowed.join(', ')})`));
  return findings;
}

function formFindings({ kind, reason, attachment, validTo }: OverrideProposal, { override }: CreditPolicy) {
  const findings: OverrideFinding[] = [];
  const needs = (what: (typeof override.require)[number]) => kind !== 'hold' && override.require.includes(what);
  if ((kind === 'hold' || needs('reason')) && isBlank(reason)) findings.push(found('REASON_MISSING', 'reason'));
  if (needs('attachment') && isBlank(attachment)) findings.push(found('ATTACHMENT_MISSING', 'attachment'));
  const mayLast = kind === 'hold' || kind === 'group_limit';
  if (validTo === null && !mayLast && (needs('expiry') || kind === 'temporary_limit'))
    findings.push(found('EXPIRY_MISSING', 'validTo'));
  return findings;
}

function isTightening({ kind }: Pick<OverrideProposal, 'kind'>): boolean {
  return kind === 'hold' || kind === 'group_limit';
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === '';
}

function timeFindings(proposal: OverrideProposal, { override }: CreditPolicy, today: LocalDate) {
  const { validFrom, validTo } = proposal;
  if (validTo === null) return [];
  if (validTo < validFrom || validTo < today) return [found('EXPIRY_PAST', 'validTo')];
  const days = daysBetween(validFrom, validTo) + 1;
  if (isTightening(proposal) || days <= override.maxDays) return [];
  return [found('TOO_LONG', 'validTo', `: ${days} of ${override.maxDays} days`)];
}

function reachFindings(proposal: OverrideProposal, rating: OverriddenRating, policy: CreditPolicy): OverrideFinding[] {
  const { grade, limit, kind } = proposal;
  const findings: OverrideFinding[] = [];
  const forbidden = forbiddenCodes(rating, policy);
  if (forbidden.length > 0) findings.push(found('FORBIDDEN', 'kind', `: ${forbidden.join(', ')}`));
  const { rankOf } = compilePolicy(policy);
  const best = bestOverriddenRank(computedGrade(rating), policy);
  if (grade !== null && (rankOf.get(grade) ?? best) < best)
    findings.push(found('TOO_FAR_UP', 'grade', `: at most ${policy.grades[best].grade}`));
  const { cap } = policy.grades[best];
  if (limit !== null && new Big(limit).gt(cap)) findings.push(found('TOO_FAR_UP', 'limit', `: at most ${cap}`));
  const isHigher = limit !== null && rating.limit !== null && new Big(limit).gt(rating.limit);
  if (kind === 'temporary_limit' && limit !== null && !isHigher) findings.push(found('NOT_HIGHER', 'limit'));
  return findings;
}

/** The grade that the policy alone gives: what an override may go up from, whatever overrides are in force. */
function computedGrade({ grade, derivation }: OverriddenRating): string {
  return derivation?.byRules ?? grade;
}

/** Rank of the best grade that a person may decide: `max_up_notches` above the computed one. */
export function bestOverriddenRank(computed: string, policy: CreditPolicy): number {
  const { rankOf } = compilePolicy(policy);
  const rank = rankOf.get(computed) ?? policy.grades.length - 1;
  return Math.max(0, rank - policy.override.maxUpNotches);
}

function forbiddenCodes({ reasons }: OverriddenRating, { override }: CreditPolicy): string[] {
  return reasons.map(({ code }) => code).filter((code) => override.forbiddenCodes.includes(code));
}

/**
 * Whether a second person has to approve. A hold acts at once. Where the policy asks for four eyes, everything else
 * needs them but a change of the limit alone by less than `auto_approve_delta`.
 */
export function needsApproval(proposal: OverrideProposal, rating: OverriddenRating, policy: CreditPolicy): boolean {
  const { kind, grade, termDays, limit, hold } = proposal;
  if (kind === 'hold' || !policy.override.fourEyes) return false;
  // Another one may stand, which it would lift, and it concerns others than the customer.
  if (kind === 'group_limit') return true;
  if (limit === null || grade !== null || termDays !== null || hold !== null) return true;
  if (rating.limit === null || new Big(rating.limit).eq(0)) return true;
  const change = new Big(limit).minus(rating.limit).div(rating.limit).abs();
  return change.gte(policy.override.autoApproveDelta);
}

/** Why an actor can't approve; undefined = they can. */
export type ApprovalRefusal = 'NOT_PROPOSED' | 'SAME_PERSON' | 'EXPIRED';

/** The proposer never approves (where the policy says so), what is decided stays decided, what is past is past. */
export function approvalRefusal(
  override: CreditOverride,
  actor: string,
  policy: CreditPolicy,
  today: LocalDate,
): ApprovalRefusal | undefined {
  if (override.status !== 'proposed') return 'NOT_PROPOSED';
  if (policy.override.proposerNeApprover && override.proposedBy === actor) return 'SAME_PERSON';
  return override.validTo !== null && override.validTo < today ? 'EXPIRED' : undefined;
}
