import { count, day, object, oneOf, text } from './json-schema';

/** The rules of today, see `ALERT_RULES` of @syncline/analytics, which this library must not know. */
export const CUSTOMER_ALERT_RULES = ['PURCHASE_GAP', 'VOLUME_DROP', 'VOLUME_RISE', 'DECLINING', 'LOSS_MAKING'] as const;

export const CUSTOMER_ALERT_DATA = object({
  customerId: text('The customer.'),
  sequence: count("Grows by one with every alert raised or ended for this customer; also the event's sequence."),
  rule: oneOf(CUSTOMER_ALERT_RULES, 'The rule that holds, or holds no longer.'),
  since: day('Day on which the alert was raised.'),
  asOf: day('Business date of the evaluation that found it.'),
  evidence: {
    type: 'object',
    additionalProperties: { type: ['number', 'string', 'null'] },
    description: 'What the rule saw, by name: days and averages as numbers, amounts as exact text, days as dates.',
  },
  policy: text('Name of the policy.'),
  policyVersion: count('Version of the policy.'),
});
