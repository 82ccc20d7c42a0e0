import { classifyCustomer, type ClassRule } from './customer-class';
import { rankingOf } from './percentile';
import {
  levelOf,
  oriented,
  VALUE_FEATURE_NAMES,
  valueScores,
  type ValueFeatures,
  type ValueRankings,
} from './value-score';

const policy = {
  current: { gross_profit: 0.3, volume: 0.2, cost_ratio: 0.1 },
  future: { industry_position: 0.15, tenure: 0.1, satisfaction: 0.15 },
  levels: { A: 80, B: 60, C: 40, D: 0 },
};
const customer = (volume: number, more: Partial<ValueFeatures> = {}): ValueFeatures => ({
  gross_profit: null,
  volume,
  cost_ratio: null,
  industry_position: null,
  tenure: null,
  satisfaction: null,
  ...more,
});

const valueRankings = (all: ValueFeatures[]) =>
  Object.fromEntries(
    VALUE_FEATURE_NAMES.map((name) => [name, rankingOf(all.flatMap((each) => oriented(name, each[name]) ?? []))]),
  ) as ValueRankings;

describe('the value score', () => {
  it('weighs all features', () => {
    const least = customer(1, { gross_profit: 1, cost_ratio: 0.9, industry_position: 1, tenure: 1, satisfaction: 1 });
    const most = customer(2, { gross_profit: 2, cost_ratio: 0.1, industry_position: 2, tenure: 2, satisfaction: 2 });
    const score = valueScores(valueRankings([least, most]), policy);
    expect(score(most)).toMatchObject({ score: 100, level: 'A', current: 100, future: 100, weightPresent: 1 });
    expect(score(least)).toMatchObject({ score: 0, level: 'D' });
  });

  it('counts a low cost ratio as good', () => {
    const [cheap, dear] = [customer(1, { cost_ratio: 0.05 }), customer(1, { cost_ratio: 0.5 })];
    const score = valueScores(valueRankings([cheap, dear]), policy);
    expect(score(cheap)?.percentiles).toEqual({ volume: 50, cost_ratio: 100 });
    expect(score(cheap)?.score).toBeCloseTo((0.2 * 50 + 0.1 * 100) / 0.3, 10);
    expect(score(dear)?.score).toBeCloseTo((0.2 * 50) / 0.3, 10);
  });

  it('leaves out what is missing and renormalises the weights', () => {
    const all = [customer(1, { tenure: 10 }), customer(2, { tenure: 30 }), customer(3)];
    const score = valueScores(valueRankings(all), policy);
    expect(score(all[1])).toMatchObject({ percentiles: { volume: 50, tenure: 100 }, current: 50, future: 100 });
    expect(score(all[1])?.score).toBeCloseTo((0.2 * 50 + 0.1 * 100) / 0.3, 10);
    expect(score(all[1])?.weightPresent).toBeCloseTo(0.3, 10);
    expect(score(all[2])).toMatchObject({ score: 100, future: null });
  });

  it('does not compare a customer with nobody', () => {
    const only = customer(5);
    expect(valueScores(valueRankings([only]), policy)(only)).toBeNull();
    const known = customer(5, { satisfaction: 9 });
    expect(valueScores(valueRankings([known, customer(6)]), policy)(known)?.percentiles).toEqual({ volume: 0 });
  });

  it('does not count features without a weight', () => {
    const all = [customer(1, { tenure: 1 }), customer(2, { tenure: 2 })];
    const score = valueScores(valueRankings(all), { ...policy, current: { tenure: 1 }, future: {} })(all[1]);
    expect(score).toMatchObject({ score: 100, future: null, weightPresent: 1 });
    expect(valueScores(valueRankings(all), { ...policy, current: { satisfaction: 1 }, future: {} })(all[1])).toBeNull();
  });

  it('gives the best level reached, in whatever order they are written', () => {
    expect([100, 80, 79.9, 40, 0].map((score) => levelOf(score, { D: 0, A: 80, C: 40, B: 60 }))).toEqual([
      'A',
      'A',
      'B',
      'C',
      'D',
    ]);
    expect(levelOf(10, { A: 50 })).toBeNull();
  });
});

describe('the class of a customer', () => {
  const over = (name: string, min: number) => ({
    holds: (facts: Readonly<Record<string, unknown>>) => {
      const value = facts[name];
      return typeof value === 'number' ? value > min : null;
    },
  });
  const rules: ClassRule[] = [
    { class: 'strategic', when: over('value_score', 80) },
    { class: 'extrinsic_value', when: over('consultations_12m', 2) },
    { class: 'intrinsic_value', when: null },
  ];

  it('is that of the first rule that holds', () => {
    expect(classifyCustomer(rules, { value_score: 90, consultations_12m: 5 }, null)).toEqual({
      class: 'strategic',
      by: 'rule',
      rule: 1,
    });
    expect(classifyCustomer(rules, { value_score: 50, consultations_12m: 5 }, null)).toMatchObject({ rule: 2 });
    expect(classifyCustomer(rules, {}, null)).toMatchObject({ class: 'intrinsic_value', rule: 3 });
  });

  it('passes over what is not known, and says nothing when nothing holds', () => {
    expect(classifyCustomer(rules.slice(0, 2), { value_score: null }, null)).toBeNull();
    expect(classifyCustomer([], {}, null)).toBeNull();
  });

  it('is a person’s word where there is one', () => {
    expect(classifyCustomer(rules, { value_score: 90 }, 'intrinsic_value')).toEqual({
      class: 'intrinsic_value',
      by: 'person',
      rule: null,
    });
  });
});
