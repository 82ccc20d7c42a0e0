import { count, day, flag, object, oneOf, text, textOrNull } from './json-schema';

/** The rules of today, see `ALERT_RULES` of @syncline/analytics, which this library must not know. */
export const CUSTOMER_ALERT_RULES = ['PURCHASE_GAP', 'VOLUME_DROP', 'VOLUME_RISE', 'DECLINING', 'LOSS_MAKING'] as const;

export const CUSTOMER_ALERT_DATA = object({
  customerId: text('The customer.'),
  sequence: count("Grows by one with every alert raised or ended for this customer; also the event's sequence."),
  rule: oneOf(CUSTOMER_ALERT_RULES, 'The rule that holds, or holds no longer.'),
  since: day('Day on which the alert was raised.'),
  first: flag(
    'It held already when the customer was first looked at: nobody knows since when. `since` is the day of that look.',
  ),
  asOf: day('Business date of the evaluation that found it.'),
  mergedInto: textOrNull(
    'Of an ended alert: the customer that this one was merged into, where the alert goes on if it still holds.',
  ),
  evidence: {
    type: 'object',
    additionalProperties: { type: ['number', 'string', 'null'] },
    description:
      'What the rule saw, by name: days and averages as numbers, amounts as exact text, days as dates. Profits are *** unless the policy has `amounts_in_events`.',
  },
  policy: text('Name of the policy.'),
  policyVersion: count('Version of the policy.'),
});
