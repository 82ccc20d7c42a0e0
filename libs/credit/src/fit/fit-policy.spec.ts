import { readFileSync } from 'node:fs';
import { addDays, type LocalDate } from '@syncline/model';
import { converterInto } from '@syncline/receivables';
import { anItem, shippedPolicy } from '@syncline/testing';
import type { HistoricItem } from '../backtest/ledger-history';
import { reviewDates } from '../backtest/review-dates';
import { observe } from '../backtest/run-backtest';
import { parseCreditPolicy } from '../policy/credit-policy';
import { compareOutOfTime } from './compare-out-of-time';
import { fitPolicy, splitReviews } from './fit-policy';
import { fittedPolicyText } from './fitted-policy-text';

const policy = shippedPolicy();
const knownUntil = '2025-06-30';

/** An invoice every 20 days from 2023 on, paid `late` days after its due date, some days more in every third month. */
function customer(id: string, late: number): { id: string; items: HistoricItem[] } {
  const items = Array.from({ length: 45 }, (_, index): HistoricItem => {
    const postedOn = addDays('2023-01-05', index * 20);
    const dueOn = addDays(postedOn, 30);
    const on = addDays(dueOn, late + (index % 9 === 0 ? 6 : 0));
    const settled = on <= knownUntil ? on : null;
    const settlements = settled === null ? [] : [{ on: settled, amount: '1000', cash: true }];
    const openAmount = settled === null ? '1000' : '0';
    return {
      system: 'file',
      ...anItem({ amount: '1000', openAmount, postedOn, dueOn, settledOn: settled, settlements }),
    };
  });
  return { id, items };
}

const customers = Array.from({ length: 70 }, (_, index) =>
  customer(`C${index}`, index % 2 === 0 ? -(index % 5) : 6 + (index % 25)),
);
const settings = {
  policy,
  outcome: 'fast_bad' as const,
  reviews: reviewDates('2023-09-30', '2025-03-31', 'quarter'),
  knownUntil,
  converterOn: (day: LocalDate) => converterInto('CNY', [], { file: 'CNY' }, day),
};
const bootstrap = { seed: 1, samples: 60 };

describe('a fitted policy', () => {
  const observations = observe(customers, settings);

  it('learns from reviews whose outcomes were known before the first review that it is judged on', () => {
    const { train, test } = splitReviews(settings);
    // The outcome of the review of 31 March is not known on 30 June.
    expect(test).toEqual(['2024-09-30', '2024-12-31']);
    for (const review of train) expect(addDays(review, 97) <= test[0]).toBe(true);
    expect(train.length).toBeGreaterThan(2);
  });

  it('is a policy that passes the checks, with all but scorecard, cut-offs and name as they were', () => {
    const fit = fitPolicy(observations, settings);
    if ('reason' in fit) throw new Error(fit.text);
    const name = { id: 'fitted', version: 1, effectiveFrom: '2025-07-01' };
    const text = fittedPolicyText(readFileSync('config/credit-policy.yaml', 'utf8'), fit.policy, name, [
      'From a test.',
    ]);
    const { policy: read, findings } = parseCreditPolicy(text, 'fitted.yaml');
    expect(findings).toEqual([]);
    expect(text).toContain('# From a test.');
    expect(text).toContain('# all evaluated; worst cap wins');
    expect(read?.scorecard).toEqual(fit.policy.scorecard);
    expect(read?.grades.map(({ min }) => min)).toEqual(fit.policy.grades.map(({ min }) => min));
    const { policy: _, scorecard: __, missing: ___, grades: ____, ...rest } = policy;
    expect(read).toMatchObject(rest);
    const cutOffs = fit.policy.grades.map(({ min }) => min);
    expect(cutOffs).toEqual([...new Set(cutOffs)].sort((a, b) => b - a));
    expect(cutOffs.at(-1)).toBe(0);
  });

  it('is compared with the expert policy on the same later reviews', () => {
    const fit = fitPolicy(observations, settings);
    if ('reason' in fit) throw new Error(fit.text);
    const { expert, fitted, difference, verdict } = compareOutOfTime(customers, observations, fit, settings, bootstrap);
    expect(expert.reviews).toEqual(fit.split.test);
    expect(fitted.reviews).toEqual(fit.split.test);
    expect(expert.counted).toBe(fitted.counted);
    expect(difference).toBeCloseTo((fitted.auc ?? 0) - (expert.auc ?? 0), 12);
    expect(['better', 'no_difference', 'worse']).toContain(verdict);
  });

  it('is refused with too few bad customers, good customers or reviews', () => {
    const few = observations.filter(({ customer: place }) => place < 20);
    expect(fitPolicy(few, settings)).toMatchObject({
      reason: 'too_few_bads',
      text: expect.stringContaining('at least 30'),
    });
    const allBad = observations.map((each) => ({ ...each, outcome: 'bad' as const }));
    expect(fitPolicy(allBad, settings)).toMatchObject({ reason: 'too_few_goods' });
    expect(fitPolicy(observations, { ...settings, reviews: ['2024-12-31'] })).toMatchObject({
      reason: 'too_few_reviews',
    });
  });
});
