import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deadLetterEvent, deliveryEvent, EVENT_CATALOGUE, validateEvent } from '@syncline/contracts';
import { METRIC_CATALOGUE } from '@syncline/pipeline/publish';
import { customerChanged, customerMerged, customerSplit } from '@syncline/pipeline/reconcile';
import { TOPICS } from '@syncline/pipeline/shared';
import { aCustomer, aDeadLetter, aStoredRecord } from '@syncline/testing';

const AT = '2026-11-20T08:00:00.000Z';
const LIBS = join(__dirname, '../../../libs');

describe('what the stages publish', () => {
  it('goes to the topics of the catalogue', () => {
    const { replays: _, ...published } = TOPICS;
    expect(EVENT_CATALOGUE.map(({ topic }) => topic).sort()).toEqual(Object.values(published).sort());
  });

  it('keeps its contract', () => {
    const customer = aCustomer();
    for (const message of [
      customerChanged(customer, AT),
      customerMerged(customer, 'c2', AT),
      customerSplit(customer, 'c3', AT),
    ]) {
      expect(validateEvent(TOPICS.customers, message)).toEqual([]);
    }
    expect(validateEvent(TOPICS.deadLetters, deadLetterEvent('opened', aDeadLetter(), AT))).toEqual([]);
    const delivery = {
      target: 'u8',
      customerId: 'c1',
      accountKey: 'a1',
      accountCode: null,
      desiredVersion: 1,
      confirmedVersion: 1,
      attempts: 1,
      errorCode: null,
      errorClass: null,
      observed: null,
    };
    expect(validateEvent(TOPICS.deliveries, deliveryEvent('confirmed', delivery, 1, AT))).toEqual([]);
  });

  it('has records of the catalogue', () => {
    const { fieldVersions: _, floor: __, ...record } = aStoredRecord();
    const message = { key: Buffer.from('erp/order/o1'), value: Buffer.from(JSON.stringify(record)) };
    expect(validateEvent(TOPICS.records, message)).toEqual([]);
  });
});

describe('metrics', () => {
  it('are in the reference, every one that the code names', () => {
    const sources = readdirSync(LIBS, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.ts$/.test(file) && !/\.(spec|contract)\.ts$/.test(file) && !file.startsWith('testing'),
    );
    const named = new Set(
      sources.flatMap((file) => readFileSync(join(LIBS, file), 'utf8').match(/(?<=')syncline_[a-z_]+(?=')/g) ?? []),
    );
    expect([...named].filter((name) => !(name in METRIC_CATALOGUE))).toEqual([]);
  });
});
