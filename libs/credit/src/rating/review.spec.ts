import { addDays } from '@syncline/model';
import { anItem, shippedPolicy } from '@syncline/testing';
import { converterInto } from '@syncline/receivables';
import fc from 'fast-check';
import { compilePolicy, type CompiledRule } from './compiled-policy';
import { reviewPeriod, sameStanding, type CreditStanding } from './credit-standing';
import { rateCustomer, type RatingInput } from './rate-customer';
import { cureOf, reviewGrade } from './review';

const policy = shippedPolicy();
const { name, scale } = compilePolicy(policy);

const standing = (parts: Partial<CreditStanding> = {}): CreditStanding => ({
  policy: name,
  scale,
  grade: 'B',
  gradeSince: '2025-01-01',
  granted: 'B',
  period: '2026-02',
  settled: true,
  scores: [65],
  limit: '500000',
  limitRaisedOn: null,
  capped: false,
  curedFrom: null,
  ...parts,
});

describe('review periods', () => {
  it.each([
    ['2026-03-01', '2026-03', '2026-Q1'],
    ['2026-03-31', '2026-03', '2026-Q1'],
    ['2026-04-01', '2026-04', '2026-Q2'],
    ['2026-12-31', '2026-12', '2026-Q4'],
  ])('%s lies in %s and %s', (day, month, quarter) => {
    expect(reviewPeriod(day, 'monthly')).toBe(month);
    expect(reviewPeriod(day, 'quarterly')).toBe(quarter);
  });
});

describe('a grade', () => {
  const grade = (score: number | null, opening: CreditStanding | null, asOf = '2026-03-01', frozen = false) =>
    reviewGrade(score, opening, asOf, frozen, policy);

  it('is that of the score at first, and until the first review', () => {
    expect(grade(95, null)).toMatchObject({ grade: 'AAA', settled: false, isReview: false, scores: [] });
    const young = standing({ settled: false, period: '2026-03', scores: [] });
    expect(grade(95, young, '2026-03-09')).toMatchObject({ grade: 'AAA', settled: false, gradeSince: '2026-03-09' });
    expect(grade(95, young, '2026-04-01')).toMatchObject({ grade: 'AAA', settled: true, scores: [95] });
  });

  it('does not move between reviews', () => {
    expect(grade(20, standing({ period: '2026-03' }), '2026-03-20')).toMatchObject({
      grade: 'B',
      scores: [65],
      gradeSince: '2025-01-01',
    });
  });

  it('rises by one on the second review above the band', () => {
    expect(grade(90, standing())).toMatchObject({ grade: 'B', scores: [90, 65], isReview: true });
    expect(grade(90, standing({ scores: [73, 65] }))).toMatchObject({ grade: 'A', gradeSince: '2026-03-01' });
    expect(grade(90, standing({ scores: [72.9999] })).grade).toBe('B');
    expect(grade(90, standing({ scores: [90], gradeSince: '2025-12-02' })).grade).toBe('B');
    expect(grade(90, standing({ scores: [90], gradeSince: '2025-12-01' })).grade).toBe('A');
  });

  it('falls on the second review below the band, as far as the score', () => {
    expect(grade(30, standing({ scores: [57.9] })).grade).toBe('D');
    expect(grade(30, standing({ scores: [58] })).grade).toBe('B');
  });

  it('does not rise while a rule freezes it, and may fall', () => {
    const opening = standing({ scores: [90, 90] });
    expect(grade(90, opening, '2026-03-01', true)).toMatchObject({ grade: 'B', gradeSince: '2025-01-01' });
    expect(grade(10, standing({ scores: [10] }), '2026-03-01', true).grade).toBe('D');
  });

  it('breaks the row of reviews by one without a score', () => {
    expect(grade(null, standing({ scores: [90] }))).toMatchObject({ grade: 'B', scores: [] });
    expect(grade(null, standing({ scores: [90], period: '2026-03' }))).toMatchObject({ grade: 'B', scores: [90] });
  });

  it('is that of the score when the scale is another one, and stands from then on', () => {
    expect(grade(95, standing({ scale: 'other' }))).toMatchObject({ grade: 'AAA', settled: true, scores: [] });
  });
});

describe('the cure', () => {
  const rule = (code: string) => compilePolicy(policy).rules.find((each) => each.code === code) as CompiledRule;
  const cure = (fired: CompiledRule[], opening: CreditStanding | null, asOf = '2026-03-10') =>
    cureOf(fired, opening, asOf, policy);

  it('begins on the first day without a rule that capped at B or worse, and lasts 90 days', () => {
    expect(cure([rule('H05_OLDEST_60')], standing())).toEqual({ capped: true, curedFrom: null, inCure: false });
    expect(cure([], standing({ capped: true }))).toEqual({ capped: false, curedFrom: '2026-03-10', inCure: true });
    const curing = standing({ curedFrom: '2026-03-10' });
    expect(cure([], curing, '2026-06-07')).toMatchObject({ inCure: true, curedFrom: '2026-03-10' });
    expect(cure([], curing, '2026-06-08')).toEqual({ capped: false, curedFrom: null, inCure: false });
  });

  it('does not follow a milder rule, nor a history that is being loaded', () => {
    expect(cure([rule('H06_OLDEST_30')], standing()).capped).toBe(false);
    expect(cure([], standing({ capped: true, settled: false })).inCure).toBe(false);
    expect(cure([], null).inCure).toBe(false);
  });
});

describe('ratings day after day', () => {
  /** Invoices of 100,000 every ten days for three years, paid late by what the month says. */
  const history = (lateBy: readonly number[]) =>
    Array.from({ length: 108 }, (_, index) => {
      const postedOn = addDays('2023-01-05', index * 10);
      const dueOn = addDays(postedOn, 30);
      const on = addDays(dueOn, lateBy[index % lateBy.length]);
      const settlements = [{ on, amount: '100000', cash: true }];
      return { system: 'erp', ...anItem({ amount: '100000', postedOn, dueOn, settledOn: on, settlements }) };
    });
  const known = (items: ReturnType<typeof history>, asOf: string): RatingInput['items'] =>
    items
      .filter((item) => (item.postedOn ?? '') <= asOf)
      .map((item) =>
        (item.settledOn ?? '') <= asOf ? item : { ...item, openAmount: '100000', settledOn: null, settlements: [] },
      );
  const rate = (items: ReturnType<typeof history>, asOf: string, opening: CreditStanding | null) =>
    rateCustomer({
      policy,
      asOf,
      items: known(items, asOf),
      openOrders: [],
      firstInvoicedOn: '2023-01-05',
      converter: converterInto('CNY', [], { erp: 'CNY' }, asOf),
      opening,
    });

  const late = fc.array(fc.integer({ min: -5, max: 80 }), { minLength: 12, maxLength: 108 });
  const steps = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 12 });

  it('never rise by two, nor within 90 days, nor by more than a quarter of the limit', () => {
    fc.assert(
      fc.property(late, steps, (lateBy, days) => {
        const items = history(lateBy);
        const { rankOf } = compilePolicy(policy);
        let asOf = '2024-06-01';
        let opening: CreditStanding | null = null;
        for (const step of days) {
          const { standing: now } = rate(items, asOf, opening);
          if (opening?.settled && opening.grade !== null && now.grade !== opening.grade) {
            const rise = (rankOf.get(opening.grade) ?? 0) - (rankOf.get(now.grade ?? '') ?? 0);
            expect(rise).toBeLessThanOrEqual(1);
            expect(reviewPeriod(asOf, 'monthly')).not.toBe(opening.period);
            if (rise === 1) expect((opening.gradeSince ?? '') <= addDays(asOf, -90)).toBe(true);
          }
          if (opening?.settled && opening.limit && now.limit && opening.limit !== '0')
            expect(Number(now.limit)).toBeLessThanOrEqual(Number(opening.limit) * 1.25);
          opening = now;
          asOf = addDays(asOf, step);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('are the same however often a day is rated', () => {
    fc.assert(
      fc.property(late, steps, (lateBy, days) => {
        const items = history(lateBy);
        let asOf = '2024-06-01';
        let opening: CreditStanding | null = null;
        for (const step of days) {
          // What was known of the day before it was complete leaves nothing behind.
          rate(items.slice(0, 40), asOf, opening);
          const first = rate(items, asOf, opening);
          const again = rate([...items].reverse(), asOf, opening);
          expect(again.standing).toEqual(first.standing);
          expect(sameStanding(again.standing, first.standing)).toBe(true);
          expect(again.inputs).toBe(first.inputs);
          opening = first.standing;
          asOf = addDays(asOf, step);
        }
      }),
      { numRuns: 15 },
    );
  });
});
