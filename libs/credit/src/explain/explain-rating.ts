import type { CreditRating, Decimal, Hold, GroupShare } from '@syncline/model';
import type { CreditPolicy } from '../policy/policy-schema';
import { compilePolicy, type CompiledRule } from '../rating/compiled-policy';
import { scoreOf, type FeatureScore, type Score } from '../rating/score';
import { FACT_CATALOGUE } from '../rules/fact-catalogue';
import type { BothLanguages } from './customer-phrases';
import { customerSentence } from './customer-sentence';

/** A feature of the scorecard as the rating saw it. */
export interface ExplainedFeature {
  feature: string;
  /** What it measures, and in what. */
  description: string;
  unit: string;
  /** null = missing. */
  value: string | null;
  weight: number;
  /** 0 to 100; null with the value. */
  points: number | null;
  /** Points of the whole score that it cost. */
  loss: number | null;
  /** Kinds of documents that it is made of. */
  documents: readonly DocumentKind[];
}

/** `open`: items not paid; `paid`: items settled in the window; `sales`: invoices of a year; `orders`: open orders. */
export type DocumentKind = 'open' | 'paid' | 'sales' | 'orders';

/** A hard rule that fired. */
export interface ExplainedRule {
  code: string;
  condition: string;
  cap: string | null;
  hold: Hold | null;
  freezesUpgrades: boolean;
  /** The facts that it names, as they were. */
  facts: Record<string, string | null>;
}

/** A step on the way to the grade, and what it was after it. */
export interface GradeStep {
  step: 'score' | 'new_customer' | 'review' | 'hard_rules' | 'cure' | 'override';
  grade: string;
}

export interface RatingExplanation {
  features: ExplainedFeature[];
  weightPresent: number;
  /** Steps that did something, in their order; the last one's grade is the rating's. */
  grade: GradeStep[];
  limit: {
    granted: Decimal | null;
    /** What set it; null in ratings from before derivations were kept. */
    bound: string | null;
    bounds: Record<string, Decimal | null>;
    /** Before the rules on changes. */
    proposed: Decimal | null;
    /** The limit that it shares with others. */
    group: GroupShare | null;
  };
  rules: ExplainedRule[];
  sentence: BothLanguages;
}

/**
 * Why a rating is what it is, from the rating and the policy that made it. Points and weights come out as they were,
 * because a rating keeps its features; the documents behind them are looked up by their kinds.
 */
export function explainRating(rating: CreditRating, policy: CreditPolicy): RatingExplanation {
  const score = scoreOf(numbersOf(rating, policy), policy);
  const fired = compilePolicy(policy).rules.filter(({ code }) => rating.reasons.some((reason) => reason.code === code));
  const losses = score.features.filter(({ loss }) => loss >= 0.005).map(({ feature }) => feature);
  const { derivation } = rating;
  return {
    features: Object.keys(policy.scorecard).map((feature) => explainedFeature(feature, rating, score, policy)),
    weightPresent: score.weightPresent,
    grade: gradeSteps(rating),
    limit: {
      granted: rating.limit,
      bound: derivation?.bound ?? null,
      bounds: derivation?.bounds ?? {},
      proposed: derivation?.proposedLimit ?? null,
      group: derivation?.group ?? null,
    },
    rules: fired.map((rule) => explainedRule(rule, rating)),
    sentence: customerSentence(rating, fired, rating.score === null ? [] : losses),
  };
}

function numbersOf({ features }: CreditRating, policy: CreditPolicy): Record<string, number | null> {
  const names = compilePolicy(policy).features;
  const number = (text: string | null | undefined) => (typeof text === 'string' ? Number(text) : null);
  return Object.fromEntries(names.map((name) => [name, number(features[name])]));
}

function explainedFeature(
  feature: string,
  { features }: CreditRating,
  score: Score,
  { scorecard }: CreditPolicy,
): ExplainedFeature {
  const scored: FeatureScore | undefined = score.features.find((each) => each.feature === feature);
  const { description, unit } = FACT_CATALOGUE[feature] ?? { description: feature, unit: '' };
  return {
    feature,
    description,
    unit,
    value: features[feature] ?? null,
    weight: scorecard[feature].weight,
    points: scored ? Math.round(scored.points * 10_000) / 10_000 : null,
    loss: scored?.loss ?? null,
    documents: FEATURE_DOCUMENTS[feature] ?? [],
  };
}

function explainedRule(rule: CompiledRule, { features }: CreditRating): ExplainedRule {
  return {
    code: rule.code,
    condition: rule.when,
    cap: rule.cap ?? null,
    hold: rule.hold ?? null,
    freezesUpgrades: rule.freeze !== undefined,
    facts: Object.fromEntries([...rule.condition.names].map((name) => [name, features[name] ?? null])),
  };
}

function gradeSteps({ grade, derivation }: CreditRating): GradeStep[] {
  if (!derivation) return [{ step: 'score', grade }];
  const { byScore, byReview, byRules, inCure } = derivation;
  const steps: GradeStep[] = [
    byScore === null ? { step: 'new_customer', grade: byReview } : { step: 'score', grade: byScore },
  ];
  if (byScore !== null && byReview !== byScore) steps.push({ step: 'review', grade: byReview });
  if (byRules !== byReview) steps.push({ step: inCure ? 'cure' : 'hard_rules', grade: byRules });
  if (grade !== byRules) steps.push({ step: 'override', grade });
  return steps;
}

/** What each feature is computed from; those that are not here come from elsewhere than documents. */
const FEATURE_DOCUMENTS: Readonly<Record<string, readonly DocumentKind[]>> = {
  pay_index: ['paid', 'open'],
  on_time_ratio: ['paid'],
  max_dpd_open: ['open'],
  overdue_ratio: ['open'],
  overdue_90_ratio: ['open'],
  adbt_trend: ['paid'],
  adbt: ['paid'],
  average_days_to_pay: ['paid'],
  average_days_late: ['paid'],
  utilisation: ['open', 'orders'],
  tenure_months: ['sales'],
  sales_trend: ['sales'],
};
