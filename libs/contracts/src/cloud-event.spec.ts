import { cloudEventMessage, readCloudEvent, sequenceText } from './cloud-event';

const EVENT = {
  type: 'syncline.customer.changed.v1',
  source: '/syncline/reconcile',
  subject: 'c-1',
  sequence: 42,
  id: 'c-1:42',
  time: '2026-11-20T08:00:00.000Z',
  data: { name: '深圳市远航贸易有限公司' },
};

describe('cloudEventMessage', () => {
  it('puts the attributes into ce_ headers, the data into the value and the subject into the key', () => {
    const message = cloudEventMessage(EVENT);
    expect(message.key.toString()).toBe('c-1');
    expect(JSON.parse(message.value.toString())).toEqual(EVENT.data);
    expect(message.timestamp).toBe(Date.parse(EVENT.time));
    expect(message.headers).toEqual({
      ce_specversion: '1.0',
      ce_id: 'c-1:42',
      ce_source: '/syncline/reconcile',
      ce_type: 'syncline.customer.changed.v1',
      ce_time: EVENT.time,
      ce_subject: 'c-1',
      ce_sequence: '00000000000000000042',
      'content-type': 'application/json',
    });
  });

  it('gives equal bytes for an equal event', () => {
    expect(cloudEventMessage(EVENT)).toEqual(cloudEventMessage({ ...EVENT }));
  });

  it('keeps its own headers against extra ones', () => {
    const { headers } = cloudEventMessage({ ...EVENT, headers: { ce_id: 'x', ce_traceparent: 't' } });
    expect(headers).toMatchObject({ ce_id: 'c-1:42', ce_traceparent: 't' });
  });

  it('is read back as it was', () => {
    expect(readCloudEvent(cloudEventMessage(EVENT))).toEqual(EVENT);
  });

  it('says which attribute is missing', () => {
    expect(() => readCloudEvent({ key: null, value: null, headers: {} })).toThrow('ce_type');
  });

  it('has sequences that sort like their numbers', () => {
    expect([9, 10, 2].map(sequenceText).sort()).toEqual([2, 9, 10].map(sequenceText));
  });
});
