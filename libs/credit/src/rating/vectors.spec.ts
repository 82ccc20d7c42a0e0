import { shippedPolicy } from '@syncline/testing';
import { applyHardRules } from './hard-rules';
import { newCustomerLimit } from './limit';
import { limitAfterChange } from './limit-change';
import { featureReasons } from './reasons';
import { gradeOfScore, scoreOf } from './score';
import { termOf } from './term';

const policy = shippedPolicy();

/** The worked examples of the receivables and credit definitions, by their numbers. */
describe('worked examples', () => {
  it('example 13: score, grade and the four greatest losses', () => {
    const score = scoreOf(
      {
        pay_index: 72,
        on_time_ratio: 0.88,
        max_dpd_open: 12,
        overdue_ratio: 0.08,
        adbt_trend: 2,
        broken_ratio: 0.1,
        utilisation: 0.75,
        tenure_months: 30,
        sales_trend: 0.05,
        external: 65,
      },
      policy,
    );
    expect(score.score).toBe(75.1604);
    expect(gradeOfScore(75.1604, policy)).toBe('A');
    expect(featureReasons(score).map(({ code, loss }) => [code, loss])).toEqual([
      ['LOW_PAY_INDEX', '7.20'],
      ['LOW_MAX_DPD_OPEN', '3.66'],
      ['LOW_EXTERNAL', '3.50'],
      ['LOW_OVERDUE_RATIO', '2.40'],
    ]);
  });

  it('example 14: only the three required features give no score', () => {
    const score = scoreOf({ pay_index: 72, max_dpd_open: 12, overdue_ratio: 0.08 }, policy);
    expect(score).toMatchObject({ score: null, weightPresent: 55, missingRequired: [] });
  });

  it('example 15: the worst cap and the strongest hold', () => {
    const before = gradeOfScore(84, policy);
    const late = { max_dpd_open: 95, overdue_90_ratio: 0.06, overdue_90_amt: '6000', materiality: '1000' };
    const milder = applyHardRules(before, late, policy);
    expect(milder).toMatchObject({ grade: 'C', hold: 'all' });
    expect(milder.fired.map((rule) => rule.code)).toEqual(['H04_OLDEST_90', 'H05_OLDEST_60', 'H06_OLDEST_30']);
    const severe = applyHardRules(before, { ...late, overdue_90_ratio: 0.12, overdue_90_amt: '12000' }, policy);
    expect(severe).toMatchObject({ grade: 'D', hold: 'all' });
    expect(severe.fired[0].code).toBe('H03_SEVERE_90');
  });

  it('example 16: a new customer, and a lawful term', () => {
    expect(newCustomerLimit('B', '300000', policy)).toBe('150000');
    expect(newCustomerLimit('B', '500000', policy)).toBe('200000');
    expect(policy.newCustomer).toMatchObject({ maxGrade: 'B', term: 30 });
    const term = termOf({ granted: 90, sellerIsSme: true, buyerClass: 'government' }, policy);
    expect(term).toEqual({ days: 60, statutory: { days: 60, enforced: true } });
    expect(termOf({ granted: 90, sellerIsSme: true, buyerClass: 'large_enterprise' }, policy)).toEqual({
      days: 90,
      statutory: { days: 60, enforced: false },
    });
  });

  it.each([
    ['800000', false, '620000'],
    ['430000', false, '430000'],
    ['300000', false, '350000'],
    ['540000', false, '500000'],
    ['100000', true, '100000'],
  ])('example 17: from 500,000 to %s (at once: %s) → %s', (proposed, immediate, expected) => {
    expect(limitAfterChange({ current: '500000', proposed, immediate, daysSinceUp: null }, policy)).toBe(expected);
  });
});
