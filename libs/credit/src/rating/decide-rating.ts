import type { Decimal, Hold, RatingDerivation, RatingReason } from '@syncline/model';
import { overrideEffects, type OverrideEffects } from '../override/apply-overrides';
import type { CreditPolicy } from '../policy/policy-schema';
import type { FactValue } from '../rules/rule-condition';
import { compilePolicy } from './compiled-policy';
import type { CreditStanding } from './credit-standing';
import { adjustedLimit, grantLimit, type GrantedLimit } from './grant-limit';
import { applyLimitRules, capByRules, firedRules, strongerHold, type RuleOutcome } from './hard-rules';
import { newCustomerLimit } from './limit';
import type { RatingDecision, RatingInput } from './rate-customer';
import type { RatingFacts } from './rating-facts';
import { expectedMonthlySales, featureTexts, inputsText } from './rating-inputs';
import {
  cureReason,
  featureReasons,
  groupReason,
  missingRateReason,
  newCustomerReason,
  ruleReason,
  statutoryTermReason,
} from './reasons';
import { cureOf, reviewGrade, type CureOutcome, type ReviewOutcome } from './review';
import { gradeOfScore, scoreOf, type Score } from './score';
import { termOf, type Term } from './term';

/** The steps to a grade, each by its name. */
interface GradeSteps {
  score: Score;
  byScore: string | null;
  review: ReviewOutcome;
  byReview: string;
  ruled: RuleOutcome;
  cure: CureOutcome;
  byRules: string;
  effects: OverrideEffects;
  grade: string;
}

/** Decides on a customer whose facts are known. */
export function decide(input: RatingInput, facts: RatingFacts, missingRates: readonly string[]): RatingDecision {
  const { policy } = input;
  const steps = gradeSteps(input, facts);
  const { score, ruled, effects } = steps;
  const term = grantTerm(input, steps.grade, score);
  const termDays = effects.termDays ?? term.days;
  const expected = score.score === null ? expectedMonthlySales(input, facts) : null;
  const granted = grantedLimit(input, facts, steps, termDays, expected);
  const group = input.group ?? null;
  const { limit, bound } = adjustedLimit(granted, effects, group, policy);
  const limited = applyLimitRules(facts.values, limit, policy);
  const features = featureTexts(facts.values, expected);
  return {
    grade: steps.grade,
    termDays,
    limit,
    currency: policy.policy.currency,
    hold: holdOf(strongerHold(ruled.hold, limited.hold), effects),
    score: score.score === null ? null : score.score.toFixed(4),
    reasons: [
      ...[...ruled.fired, ...limited.fired].map(ruleReason),
      ...effects.reasons,
      ...groupReason(bound === 'group' ? group : null, policy.policy.currency),
      ...cureReason(steps.cure, policy),
      ...missingRates.map(missingRateReason),
      ...scoreReasons(score, policy),
      ...statutoryTermReason(term),
    ],
    features,
    derivation: { ...derivationOf(steps, granted, bound), ...(group ? { group } : {}) },
    standing: standingOf(steps, granted, policy),
    missingRates,
    inputs: inputsText(input, facts, features, missingRates),
  };
}

function gradeSteps(input: RatingInput, facts: RatingFacts): GradeSteps {
  const { policy, asOf } = input;
  const opening = input.opening ?? null;
  const score = scoreOf(scoredValues(facts.values, policy), policy);
  const fired = firedRules(facts.values, policy);
  const frozen = fired.some(({ freeze }) => freeze !== undefined);
  const review = reviewGrade(score.score, opening, asOf, frozen, policy);
  const byReview = score.score === null ? gradeWithoutScore(opening, policy) : (review.grade ?? '');
  const ruled = capByRules(byReview, fired, policy, opening?.granted ?? null);
  const cure = cureOf(fired, opening, asOf, policy);
  const byRules = cure.inCure ? worse(ruled.grade, policy.hysteresis.cureCap, policy) : ruled.grade;
  const effects = overrideEffects(input.overrides ?? [], asOf, byRules, fired, policy);
  const byScore = score.score === null ? null : gradeOfScore(score.score, policy);
  return { score, byScore, review, byReview, ruled, cure, byRules, effects, grade: effects.grade ?? byRules };
}

/** A customer that lost its score gets no better by it. */
function gradeWithoutScore(opening: CreditStanding | null, policy: CreditPolicy): string {
  const { maxGrade } = policy.newCustomer;
  return opening?.settled && opening.grade !== null ? worse(opening.grade, maxGrade, policy) : maxGrade;
}

function worse(a: string, b: string, policy: CreditPolicy): string {
  const { rankOf } = compilePolicy(policy);
  return (rankOf.get(a) ?? 0) > (rankOf.get(b) ?? 0) ? a : b;
}

/** A person's hold stands in for the policy's; a manual hold comes on top of either. */
function holdOf(byPolicy: Hold, { hold, manualHold }: OverrideEffects): Hold {
  return strongerHold(hold ?? byPolicy, manualHold);
}

function scoreReasons(score: Score, policy: CreditPolicy): RatingReason[] {
  return score.score === null ? [newCustomerReason(score, policy.missing.minWeightPresent)] : featureReasons(score);
}

function grantedLimit(
  input: RatingInput,
  { sales }: RatingFacts,
  steps: GradeSteps,
  termDays: number,
  expected: Decimal | null,
): GrantedLimit {
  const { policy, asOf, netWorth, workingCapital, totalReceivables, valueLevel } = input;
  const opening = input.opening ?? null;
  const { score, review, grade } = steps;
  if (score.score === null) {
    const limit = newCustomerLimit(grade, expected, policy);
    const standing = { limit: opening?.limit ?? null, limitRaisedOn: opening?.limitRaisedOn ?? null };
    return { limit, bound: 'new_customer', proposed: null, bounds: {}, standing };
  }
  return grantLimit({
    policy,
    asOf,
    opening,
    review,
    reviewTermDays: grantTerm(input, review.grade ?? grade, score).days,
    grade,
    termDays,
    bounds: {
      sales12m: sales?.sales12m ?? null,
      seasonality: sales?.seasonality ?? null,
      receipts: sales?.receipts ?? null,
      netWorth,
      workingCapital,
      totalReceivables,
      valueLevel,
    },
  });
}

function derivationOf(steps: GradeSteps, { proposed, bounds }: GrantedLimit, bound: string): RatingDerivation {
  const { byScore, byReview, byRules, cure, effects } = steps;
  const { inCure } = cure;
  return { byScore, byReview, byRules, inCure, proposedLimit: proposed, bounds, bound, overrides: effects.ids };
}

function standingOf(
  { review, byRules, cure }: GradeSteps,
  { standing }: GrantedLimit,
  policy: CreditPolicy,
): CreditStanding {
  const { name, scale } = compilePolicy(policy);
  const { grade, gradeSince, period, settled, scores } = review;
  const { capped, curedFrom } = cure;
  return {
    policy: name,
    scale,
    grade,
    gradeSince,
    granted: byRules,
    period,
    settled,
    scores,
    ...standing,
    capped,
    curedFrom,
  };
}

function scoredValues(values: Record<string, FactValue>, policy: CreditPolicy): Record<string, number | null> {
  const scored: Record<string, number | null> = {};
  for (const name of compilePolicy(policy).features) {
    const value = values[name];
    scored[name] = typeof value === 'string' ? Number(value) : typeof value === 'number' ? value : null;
  }
  return scored;
}

function grantTerm(input: RatingInput, grade: string, score: Score): Term {
  const { policy } = input;
  const { grades, rankOf } = compilePolicy(policy);
  const byGrade = grades[rankOf.get(grade) ?? grades.length - 1].grade.term;
  const granted = score.score === null ? Math.min(byGrade, policy.newCustomer.term) : byGrade;
  return termOf({ granted, sellerIsSme: input.sellerIsSme ?? false, buyerClass: input.buyerClass ?? null }, policy);
}
