import type { RatingReason, GroupShare } from '@syncline/model';
import type { CreditPolicy } from '../policy/policy-schema';
import type { CompiledRule } from './compiled-policy';
import type { CureOutcome } from './review';
import type { Score } from './score';
import type { Term } from './term';

const MOST_FEATURES = 4;

const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
const days = (value: number) => `${+value.toFixed(1)} days`;

const SENTENCES: Record<string, (value: number) => string> = {
  pay_index: (value) => `It pays late: the pay index is ${value.toFixed(1)} (80 and more is on time).`,
  on_time_ratio: (value) => `Only ${percent(value)} of what it paid came on time.`,
  max_dpd_open: (value) => `Its oldest open item is ${days(value)} past due.`,
  overdue_ratio: (value) => `${percent(value)} of what it owes is overdue.`,
  overdue_90_ratio: (value) => `${percent(value)} of what it owes is overdue by more than 90 days.`,
  adbt_trend: (value) =>
    value > 0 ? `It pays ${days(value)} later than before.` : 'It does not pay earlier than before.',
  broken_ratio: (value) => `It broke ${percent(value)} of its promises to pay.`,
  utilisation: (value) => `It uses ${percent(value)} of the limit that its systems hold.`,
  tenure_months: (value) => `It has been a customer for only ${value.toFixed(1)} months.`,
  sales_trend: (value) => `Its sales changed by ${percent(value)} against the 90 days before.`,
  external: (value) => `The credit agency gives it ${+value.toFixed(1)} of 100 points.`,
  adbt: (value) => `On average it pays ${days(value)} after the due date.`,
  average_days_to_pay: (value) => `On average it pays ${days(value)} after the invoice.`,
  average_days_late: (value) => `On average it is ${days(value)} late.`,
};

/** The four features that cost most, `LOW_<FEATURE>` with the loss in points; those that cost nothing are no reason. */
export function featureReasons({ features }: Score): RatingReason[] {
  return features
    .slice(0, MOST_FEATURES)
    .filter(({ loss }) => loss >= 0.005)
    .map(({ feature, value, loss }) => ({
      code: `LOW_${feature.toUpperCase()}`,
      loss: loss.toFixed(2),
      text: (SENTENCES[feature] ?? ((given) => `${feature} is ${given}.`))(value),
    }));
}

const HOLD_TEXT = { none: '', new_orders: 'new orders are held', all: 'orders and deliveries are held' };

/** A hard rule that fired: its condition and what follows from it. */
export function ruleReason(rule: CompiledRule): RatingReason {
  const effects = [
    rule.cap ? `the grade is at most ${rule.cap}` : '',
    rule.hold ? HOLD_TEXT[rule.hold] : '',
    rule.freeze ? 'the grade can’t get better' : '',
  ].filter((effect) => effect !== '');
  return { code: rule.code, text: `Hard rule: ${rule.when}; ${effects.join(' and ')}.` };
}

/** Why there is no score, and the new-customer rule applies. */
export function newCustomerReason({ missingRequired, weightPresent }: Score, minWeight: number): RatingReason {
  const why =
    missingRequired.length > 0
      ? `not known yet: ${missingRequired.join(', ')}`
      : `features of weight ${weightPresent} are known, ${minWeight} are needed`;
  return {
    code: 'NEW_CUSTOMER',
    text: `Too little is known for a score (${why}); the rule for new customers applies.`,
  };
}

/** A currency that could not be converted: what depends on it is missing. */
export function missingRateReason(currency: string): RatingReason {
  return {
    code: `MISSING_RATE_${currency}`,
    text: `There is no exchange rate for ${currency}; amounts in it could not be counted.`,
  };
}

/** A hard rule that ended only lately. */
export function cureReason({ inCure, curedFrom }: CureOutcome, { hysteresis }: CreditPolicy): RatingReason[] {
  if (!inCure) return [];
  const { cureDays, cureCap } = hysteresis;
  const text = `A hard rule ended on ${curedFrom}; for ${cureDays} days from then the grade is at most ${cureCap}.`;
  return [{ code: 'CURE', text }];
}

/** A lawful maximum of the payment term. */
export function statutoryTermReason({ statutory }: Term): RatingReason[] {
  if (statutory === null) return [];
  return [
    statutory.enforced
      ? { code: 'STATUTORY_TERM', text: `The law allows this customer at most ${statutory.days} days.` }
      : {
          code: 'STATUTORY_TERM_WARNING',
          text: `The term is longer than the lawful ${statutory.days} days for this customer.`,
        },
  ];
}

/** The limit is what others of its group leave. */
export function groupReason(group: GroupShare | null, currency: string): RatingReason[] {
  if (group === null) return [];
  const { parent, limit, othersExposure, others } = group;
  const text =
    `It shares a limit of ${limit} ${currency}, decided on customer ${parent}, with ${others} ` +
    `${others === 1 ? 'other that uses' : 'others that use'} ${othersExposure} of it.`;
  return [{ code: 'GROUP_LIMIT', text }];
}
