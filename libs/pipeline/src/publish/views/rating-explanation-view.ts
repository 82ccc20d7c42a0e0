import type { ExplainedRating } from '../explain/explain-rating';
import { overrideView } from './credit-view';
import { ratingView } from './rating-view';
import { reconciliationView } from './reconciliation-view';

/** A rating's explanation as the API shows it. */
export function ratingExplanationView({ rating, explanation, documents, overrides, balances }: ExplainedRating) {
  const { features, weightPresent, grade, limit, rules, sentence } = explanation;
  const { reasons, features: facts, ...decision } = ratingView(rating);
  return {
    customer_id: rating.customerId,
    rating: decision,
    features,
    weight_present: weightPresent,
    facts,
    grade_steps: grade,
    limit: { ...limit, group: limit.group && groupView(limit.group) },
    rules: rules.map(({ freezesUpgrades, ...rule }) => ({ ...rule, freezes_upgrades: freezesUpgrades })),
    reasons,
    overrides: overrides.map(overrideView),
    documents,
    balances: balances.map(reconciliationView),
    sentence,
  };
}

function groupView({ othersExposure, ...group }: NonNullable<ExplainedRating['explanation']['limit']['group']>) {
  return { ...group, others_exposure: othersExposure };
}
