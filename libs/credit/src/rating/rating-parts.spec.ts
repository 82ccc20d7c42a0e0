import { shippedPolicy } from '@syncline/testing';
import fc from 'fast-check';
import { applyHardRules, applyLimitRules } from './hard-rules';
import { gradeAfterReview } from './hysteresis';
import { limitOf, newCustomerLimit, type LimitInput } from './limit';
import { limitAfterChange } from './limit-change';
import { scoreOf } from './score';
import { termOf } from './term';

const policy = shippedPolicy();

describe('score', () => {
  it('lies from 0 to 100, whatever the features', () => {
    const names = Object.keys(policy.scorecard);
    const values = fc.record(Object.fromEntries(names.map((name) => [name, fc.option(fc.double({ noNaN: true }))])));
    fc.assert(
      fc.property(values, (features) => {
        const { score } = scoreOf(features, policy);
        expect(score === null || (score >= 0 && score <= 100)).toBe(true);
      }),
    );
  });

  it('needs every required feature, however much else is known', () => {
    const all = Object.fromEntries(Object.keys(policy.scorecard).map((name) => [name, 0]));
    expect(scoreOf({ ...all, pay_index: null }, policy)).toMatchObject({ score: null, missingRequired: ['pay_index'] });
  });
});

describe('hard rules', () => {
  it('do not fire on what nobody knows', () => {
    expect(applyHardRules('AAA', {}, policy)).toEqual({ grade: 'AAA', hold: 'none', fired: [] });
  });

  it('freeze upgrades above the grade in force, and nothing else', () => {
    expect(applyHardRules('AA', { stale: true }, policy, 'B').grade).toBe('B');
    expect(applyHardRules('C', { stale: true }, policy, 'B').grade).toBe('C');
    expect(applyHardRules('AA', { stale: true }, policy, null).grade).toBe('AA');
  });

  it('hold new orders when the exposure is above the limit', () => {
    const facts = { exposure: '1000.01', order_amount: '0' };
    expect(applyLimitRules(facts, '1000', policy)).toMatchObject({
      hold: 'new_orders',
      fired: [{ code: 'H10_OVER_LIMIT' }],
    });
    expect(applyLimitRules({ ...facts, exposure: '1000' }, '1000', policy)).toEqual({ hold: 'none', fired: [] });
  });
});

describe('term', () => {
  it('is the longest allowed one', () => {
    expect(termOf({ granted: 50, sellerIsSme: false, buyerClass: 'government' }, policy).days).toBe(45);
    expect(termOf({ granted: 30, sellerIsSme: true, buyerClass: 'government' }, policy).statutory).toBeNull();
    expect(termOf({ granted: 90, sellerIsSme: true, buyerClass: 'unknown' }, policy).days).toBe(90);
  });
});

describe('limit', () => {
  const input: LimitInput = {
    grade: 'A',
    termDays: 45,
    sales12m: '3650000',
    seasonality: 2,
    receipts: ['300000', '300000', '300000', '300000', '300000', '300000'],
  };

  it.each<[string, Partial<LimitInput>, string, string]>([
    ['need: 10,000 a day × 52 days × 1.5 × 0.8', {}, '620000', 'need'],
    ['what it pays: 10,000 a day × 45 × 2', { sales12m: '36500000' }, '900000', 'collections'],
    ['no sales', { sales12m: '0' }, '0', 'need'],
    ['no receipts for half a year', { receipts: ['0', '0', '0', '0', '0', '0'] }, '0', 'collections'],
    ['10 % of its net worth', { netWorth: '5000000', workingCapital: '9000000' }, '500000', 'capacity'],
    ['20 % of its working capital', { workingCapital: '900000' }, '180000', 'capacity'],
    ['15 % of all receivables', { totalReceivables: '1000000' }, '150000', 'concentration'],
    ['the grade’s cap', { grade: 'C', sales12m: '99000000', receipts: null }, '300000', 'grade_cap'],
    ['grade D', { grade: 'D' }, '0', 'grade_cap'],
    ['a valuable customer', { valueLevel: 'A' }, '740000', 'need'],
    ['no uplift below grade B', { valueLevel: 'A', grade: 'C', termDays: 15 }, '99000', 'need'],
  ])('%s', (_, changes, limit, bound) => {
    expect(limitOf({ ...input, ...changes }, policy)).toEqual({ limit, bound });
  });

  it('of a new customer is nothing when nothing is expected', () => {
    expect(newCustomerLimit('B', null, policy)).toBe('0');
    expect(newCustomerLimit('D', '300000', policy)).toBe('0');
  });

  it('moves at once from nothing, and waits between increases', () => {
    expect(limitAfterChange({ current: '0', proposed: '80500', immediate: false, daysSinceUp: 1 }, policy)).toBe(
      '80000',
    );
    expect(limitAfterChange({ current: '500000', proposed: '800000', immediate: false, daysSinceUp: 89 }, policy)).toBe(
      '500000',
    );
  });
});

describe('hysteresis', () => {
  it.each([
    ['the first review takes the score', null, [72], 0, 'A'],
    ['one good review is not enough', 'B', [74], 200, 'B'],
    ['two above the band lift one grade', 'B', [95, 74], 200, 'A'],
    ['not inside the band', 'B', [72, 74], 200, 'B'],
    ['not before the time', 'B', [95, 95], 89, 'B'],
    ['one bad review is not enough', 'AA', [50], 200, 'AA'],
    ['two below the band fall to where the score is', 'AA', [50, 77], 5, 'C'],
    ['not inside the band', 'AA', [78.5, 79], 5, 'AA'],
  ])('%s', (_, current, scores, daysSinceChange, expected) => {
    expect(gradeAfterReview({ current, scores, daysSinceChange }, policy)).toBe(expected);
  });
});
