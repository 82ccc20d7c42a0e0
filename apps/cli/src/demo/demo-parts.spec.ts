import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { customerCodes } from './customer-codes';
import { FeedMark } from './feed-mark';
import { fingerprint, type CustomerDetail, type InstallationState } from './installation-state';
import { LineDisplay } from './progress-display';
import { summaryText } from './summary';

const CUSTOMER: CustomerDetail = {
  id: 'c1',
  name: '苏州达美电缆有限公司',
  version: 3,
  accounts: [
    { system: 'crm', key: '4', code: 'A4' },
    { system: 'erp', key: '9', code: 'C9' },
  ],
  receivables: [
    {
      currency: 'CNY',
      open_total: '1200.50',
      unapplied_credit: '10.00',
      overdue: '200.50',
      aging: { current: '1010.00', '1-30': '200.50' },
    },
  ],
  orders: { count: 7 },
  rating: {
    version: 2,
    grade: 'AA',
    term_days: 60,
    limit: '90000',
    currency: 'CNY',
    hold: 'none',
    reasons: [{ code: 'P', text: 'It pays late.' }],
  },
};
const STATE: InstallationState = {
  customers: [CUSTOMER],
  deliveries: [{ target: 'u8', account: '9', state: 'confirmed', desired_version: 2, confirmed_version: 2 }],
  deadLetters: [{ id: 't/0/1', code: 'MAPPING_VALUE', class: 'value', status: 'open' }],
};
const FACTS = {
  state: STATE,
  events: 44_934,
  mapped: 37_368,
  records: 30_588,
  sent: 0,
  seconds: 3.21,
  changed: false,
  businessDate: '2026-11-20',
};

describe('the demo', () => {
  it('sums up what came out', () => {
    const text = summaryText(FACTS);
    for (const part of [
      '44,934 read',
      '30,588',
      '1, uniting 2 accounts',
      '1,200.50 CNY',
      '1-30: 200.50',
      'AA 1',
      '1 of 1 confirmed',
      '1: 1 × MAPPING_VALUE (value)',
      '3.2 s',
      'It pays late.',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('says so when a run changed nothing, and only then', () => {
    expect(summaryText(FACTS)).toContain('nothing changed');
    expect(summaryText({ ...FACTS, changed: null })).not.toContain('nothing changed');
    expect(summaryText({ ...FACTS, changed: true })).not.toContain('nothing changed');
  });

  it('sees a changed version of anything', () => {
    const same = { ...STATE, deliveries: [...STATE.deliveries] };
    const other = { ...STATE, customers: [{ ...CUSTOMER, version: 4 }] };
    expect(fingerprint(same)).toBe(fingerprint(STATE));
    expect(fingerprint(other)).not.toBe(fingerprint(STATE));
  });

  it('remembers how far each file was sent', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'syncline-demo-')), 'feed.json');
    expect(new FeedMark(path).of('a')).toBe(0);
    new FeedMark(path).note('a', 2_000);
    expect(new FeedMark(path).of('a')).toBe(2_000);
    expect(new FeedMark(path).of('b')).toBe(0);
  });

  it('finds the customer codes of the capture', async () => {
    const codes = await customerCodes('samples/small/erp.ndjson.gz', 'erp.public.party_party');
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.every((code) => /^\w+$/.test(code))).toBe(true);
  });

  it('writes a line at every tenth where there is no terminal', () => {
    const lines: string[] = [];
    const display = new LineDisplay((line) => lines.push(line));
    display.start('feeding', 100);
    for (let value = 1; value <= 100; value += 1) display.update(value);
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe('feeding: 100 of 100');
  });
});
