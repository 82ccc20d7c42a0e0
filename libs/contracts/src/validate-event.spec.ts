import type { CreditRating } from '@syncline/model';
import {
  creditRatingEvent,
  cloudEventMessage,
  customerAlertEvent,
  CUSTOMER_CHANGED,
  CUSTOMER_MERGED,
  deadLetterEvent,
  deliveryEvent,
  validateEvent,
  type CustomerAlertData,
  type CustomerChangedData,
  type DeadLetterCause,
  type DeliveryOutcome,
  type EncodedMessage,
} from './index';

const AT = '2026-11-20T08:00:00.000Z';

const CUSTOMER: CustomerChangedData = {
  customerId: 'c-1',
  version: 3,
  attributes: { name: { value: '远航', system: 'erp', account: '7', rule: 'priority' } },
  accounts: [{ system: 'erp', key: '7', code: 'K7', name: '远航', active: true, link: 'born' }],
  isCustomer: true,
  receivables: [{ currency: 'CNY', open: '10.5', unapplied: '0', disputed: '0', items: 1 }],
  openOrders: [{ currency: 'CNY', amount: '3', orders: 1 }],
};

const customerEvent = (type: string, data: object): EncodedMessage =>
  cloudEventMessage({
    type,
    source: '/syncline/reconcile',
    subject: 'c-1',
    sequence: 3,
    id: `${type}:c-1:3`,
    time: AT,
    data,
  });

const RATING: CreditRating = {
  customerId: 'c-1',
  version: 2,
  grade: 'B',
  termDays: 30,
  limit: null,
  currency: 'CNY',
  hold: 'none',
  score: '71.25',
  reasons: [
    { code: 'LOW_DBT', loss: '4.5', text: 'pays late' },
    { code: 'H05_OLDEST_60', text: 'old item' },
  ],
  features: { dbt: '12', months: null },
  policy: 'default',
  policyVersion: 1,
  asOf: '2026-11-20',
  decidedAt: AT,
  inputsHash: 'x',
};

const ALERT: CustomerAlertData = {
  customerId: 'c-1',
  sequence: 4,
  rule: 'PURCHASE_GAP',
  since: '2026-11-20',
  asOf: '2026-11-20',
  first: false,
  mergedInto: null,
  evidence: { gapDays: 45, z: 4.05, lastPurchaseOn: '2026-10-06', profit: null },
  policy: 'default',
  policyVersion: 1,
};

const DELIVERY: DeliveryOutcome = {
  target: 'u8',
  customerId: 'c-1',
  accountKey: '7',
  accountCode: 'K7',
  desiredVersion: 2,
  confirmedVersion: 2,
  attempts: 1,
  errorCode: null,
  errorClass: null,
  observed: { grade: 'B' },
};

const LETTER: DeadLetterCause = {
  id: 'erp.public.party_party/0/12',
  stage: 'ingest',
  system: 'erp',
  topic: 'erp.public.party_party',
  partition: 0,
  offset: 12,
  errorCode: 'VALUE_NOT_DECIMAL',
  errorClass: 'value',
  errorMessage: 'amount is not a decimal',
  errorWhere: 'after.amount',
  advice: null,
  mapping: 'tryton-erp@1',
  attempts: 1,
  firstFailedAt: AT,
};

describe('validateEvent', () => {
  it.each([
    ['syncline.customer.v1', customerEvent(CUSTOMER_CHANGED, CUSTOMER)],
    ['syncline.customer.v1', customerEvent(CUSTOMER_MERGED, { customerId: 'c-1', version: 3, mergedInto: 'c-2' })],
    ['syncline.credit-rating.v1', creditRatingEvent(RATING)],
    ['syncline.delivery.v1', deliveryEvent('confirmed', DELIVERY, 2, AT)],
    [
      'syncline.delivery.v1',
      deliveryEvent('failed', { ...DELIVERY, errorClass: 'authorization', observed: null }, 2, AT),
    ],
    ['syncline.dead-letter.v1', deadLetterEvent('opened', LETTER, AT)],
    ['syncline.customer-alert.v1', customerAlertEvent('raised', ALERT, AT)],
    ['syncline.customer-alert.v1', customerAlertEvent('ended', { ...ALERT, evidence: {} }, AT)],
  ])('finds nothing in what the builders make for %s', (topic, message) => {
    expect(validateEvent(topic, message)).toEqual([]);
  });

  it('refuses an event on a topic of another kind', () => {
    expect(validateEvent('syncline.delivery.v1', creditRatingEvent(RATING))).toEqual([
      'syncline.credit-rating.changed.v1 does not belong on syncline.delivery.v1',
    ]);
  });

  it('refuses a number as amount and a value outside the enumeration', () => {
    const message = creditRatingEvent({ ...RATING, limit: 5 as unknown as string, hold: 'some' as 'all' });
    expect(validateEvent('syncline.credit-rating.v1', message)).toEqual([
      '/limit must be string,null',
      '/hold must pass "x-extensible-enum" keyword validation',
    ]);
  });

  it('refuses a key that is not the subject', () => {
    const message = { ...creditRatingEvent(RATING), key: Buffer.from('other') };
    expect(validateEvent('syncline.credit-rating.v1', message)).toEqual(['broken: the key is the subject']);
  });

  it('checks a record against its kind', () => {
    const record = {
      system: 'erp',
      kind: 'account',
      key: '7',
      version: '1',
      deleted: false,
      fields: { name: '远航', colour: 'red' },
      refs: {},
      origin: { topic: 't', partition: 0, offset: 1, mapping: 'm@1' },
    };
    const message = { key: Buffer.from('erp/account/7'), value: Buffer.from(JSON.stringify(record)) };
    expect(validateEvent('syncline.records.v1', message).join()).toContain('must NOT have additional properties');
    const { colour: _, ...fields } = record.fields;
    const right = { ...message, value: Buffer.from(JSON.stringify({ ...record, fields })) };
    expect(validateEvent('syncline.records.v1', right)).toEqual([]);
  });
});
