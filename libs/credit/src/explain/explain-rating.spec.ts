import { aRating, anItem, shippedPolicy } from '@syncline/testing';
import { converterInto } from '@syncline/receivables';
import type { CreditRating } from '@syncline/model';
import { rateCustomer, type RatingInput } from '../rating/rate-customer';
import { CUSTOMER_PHRASES } from './customer-phrases';
import { explainRating } from './explain-rating';

const policy = shippedPolicy();
const asOf = '2025-12-31';

const rated = (parts: Partial<RatingInput>): CreditRating => {
  const {
    standing: _,
    missingRates: __,
    inputs: ___,
    ...decided
  } = rateCustomer({
    policy,
    asOf,
    items: [],
    openOrders: [],
    firstInvoicedOn: '2023-01-15',
    converter: converterInto('CNY', [], { erp: 'CNY' }, asOf),
    ...parts,
  });
  return aRating({ ...decided, asOf });
};

const monthly = (late: number) =>
  Array.from({ length: 12 }, (_, index) => {
    const month = String(index + 1).padStart(2, '0');
    const on = new Date(Date.UTC(2025, index, 26 + late)).toISOString().slice(0, 10);
    const settlements = [{ on, amount: '100000', cash: true }];
    const item = { postedOn: `2025-${month}-01`, dueOn: `2025-${month}-26`, settledOn: on, settlements };
    return { system: 'erp', ...anItem({ amount: '100000', ...item }) };
  });
/** Below the materiality of 1,000: H04 and not H03. */
const overdue = { system: 'erp', ...anItem({ postedOn: '2025-09-01', dueOn: '2025-10-01' }) };

describe('the explanation of a rating', () => {
  it('shows every feature of the scorecard with value, points, weight and loss, adding up to the score', () => {
    const rating = rated({ items: monthly(10), heldLimit: '500000' });
    const { features, weightPresent, grade, limit } = explainRating(rating, policy);
    expect(features.map(({ feature }) => feature)).toEqual(Object.keys(policy.scorecard));
    const present = features.filter(({ points }) => points !== null);
    const total = present.reduce((sum, { weight, points }) => sum + weight * (points ?? 0), 0);
    expect((total / weightPresent).toFixed(3)).toBe(Number(rating.score).toFixed(3));
    expect(features.find(({ feature }) => feature === 'external')).toMatchObject({
      value: null,
      points: null,
      weight: 10,
    });
    expect(features.find(({ feature }) => feature === 'max_dpd_open')).toMatchObject({
      unit: 'days',
      documents: ['open'],
    });
    expect(grade).toEqual([{ step: 'score', grade: rating.grade }]);
    expect(limit).toMatchObject({ granted: rating.limit, proposed: rating.limit, bound: 'need' });
    expect(limit.bounds).toMatchObject({ capacity: null, grade_cap: '2000000' });
  });

  it('shows the steps of the grade and the facts of the rules that fired', () => {
    const rating = rated({ items: [...monthly(0), overdue] });
    const { grade, rules } = explainRating(rating, policy);
    expect(grade).toEqual([
      { step: 'score', grade: rating.derivation?.byScore },
      { step: 'hard_rules', grade: 'C' },
    ]);
    expect(rules.find(({ code }) => code === 'H05_OLDEST_60')).toEqual({
      code: 'H05_OLDEST_60',
      condition: 'max_dpd_open > 60',
      cap: 'B',
      hold: 'new_orders',
      freezesUpgrades: false,
      facts: { max_dpd_open: '91' },
    });
  });

  it('names review, cure and override as steps of their own', () => {
    const steps = (derivation: Partial<NonNullable<CreditRating['derivation']>>, grade: string) => {
      const rating = rated({ items: monthly(0) });
      const whole = { ...rating, grade, derivation: { ...rating.derivation!, ...derivation } };
      return explainRating(whole, policy).grade.map(({ step, grade: after }) => `${step} ${after}`);
    };
    expect(steps({ byReview: 'A', byRules: 'B', inCure: true }, 'A')).toEqual([
      'score AAA',
      'review A',
      'cure B',
      'override A',
    ]);
    expect(steps({ byScore: null, byReview: 'B', byRules: 'C' }, 'C')).toEqual(['new_customer B', 'hard_rules C']);
  });

  it('explains ratings from before derivations were kept as far as it can', () => {
    const { derivation: _, ...old } = rated({ items: monthly(0) });
    expect(explainRating(old, policy)).toMatchObject({
      grade: [{ step: 'score', grade: 'AAA' }],
      limit: { bound: null, proposed: null, bounds: {} },
    });
  });
});

describe('what a sales person can read to the customer', () => {
  const sentence = (parts: Partial<RatingInput>) => explainRating(rated(parts), policy).sentence;

  it('offers term and limit', () => {
    expect(
      sentence({ items: monthly(0), known: { external: 100, tenure_months: 80, sales_trend: 1, adbt_trend: -9 } }),
    ).toEqual({
      en: 'Your payment term is 90 days and your credit limit is CNY 520,000.',
      zh: '贵公司的账期为 90 天，信用额度为 520,000 元人民币。',
    });
  });

  it('says what is held, why, and what helps', () => {
    expect(sentence({ items: [...monthly(0), overdue] })).toEqual({
      en: 'Your payment term is 15 days and your credit limit is CNY 23,000. New orders and deliveries are on hold. What this comes from: your oldest open invoice is 91 days past due, and 100 % of what is open is past due. Paying the overdue invoices helps most.',
      zh: '贵公司的账期为 15 天，信用额度为 23,000 元人民币。目前新订单和发货均已暂停。主要原因：贵公司最早一笔未付发票已逾期 91 天；贵公司未付款项中有 100 % 已逾期。结清逾期款项最有帮助。',
    });
  });

  it('asks for payment in advance where nothing is left', () => {
    const { en, zh } = sentence({ items: monthly(60) });
    expect([en, zh]).toEqual([
      expect.stringMatching(
        /^At present we can supply you against payment in advance\. New orders are on hold\. What this comes from: /,
      ),
      expect.stringMatching(/^目前我们只能按预付款方式供货。目前新订单已暂停。主要原因：/),
    ]);
  });

  it('tells a new customer that it is new', () => {
    expect(sentence({ firstInvoicedOn: null, expectedMonthlySales: '300000' })).toEqual({
      en: 'Your payment term is 30 days and your credit limit is CNY 150,000. We do not know enough of your payments yet to offer more. Payments by the due date will raise it.',
      zh: '贵公司的账期为 30 天，信用额度为 150,000 元人民币。我们掌握的贵公司付款记录还不够多，暂时无法给予更多。按期付款将有助于提高额度。',
    });
  });

  it('keeps to itself what others said in confidence', () => {
    const { en, zh } = sentence({ items: monthly(0), known: { insolvency: true, external: 3 } });
    expect(en).not.toMatch(/insolv|agency|external|grade|score|point|H0/i);
    expect(zh).not.toMatch(/破产|评级|得分|H0/);
  });

  it('has every phrase in both languages, whatever the value', () => {
    for (const [fact, phrase] of Object.entries(CUSTOMER_PHRASES))
      for (const value of [0, 0.123456, 0.5, 40]) {
        const { en, zh } = phrase(value);
        expect([fact, en]).toEqual([fact, expect.stringMatching(/^[a-z0-9]/)]);
        expect([fact, zh]).toEqual([fact, expect.stringMatching(/\p{Script=Han}/u)]);
        expect(`${en}${zh}`).not.toMatch(/NaN|undefined|--/);
      }
  });
});
