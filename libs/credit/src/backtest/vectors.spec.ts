import { brierScore } from './brier-score';
import { areaUnderCurve, giniCoefficient, kolmogorovSmirnov } from './discrimination';
import { populationStability } from './population-stability';

/** The worked examples of the receivables and credit definitions, by their numbers. */
describe('worked examples', () => {
  it('example 18: AUC, Gini, KS and Brier', () => {
    const bad = new Set([80, 66, 58, 40]);
    const outcomes = [95, 92, 88, 85, 80, 76, 71, 66, 58, 40].map((score) => ({ score, bad: bad.has(score) }));
    expect(areaUnderCurve(outcomes)).toBeCloseTo(0.91667, 5);
    expect(giniCoefficient(outcomes)).toBeCloseTo(0.83333, 5);
    expect(kolmogorovSmirnov(outcomes)).toBeCloseTo(0.75, 10);
    const chances = [0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3, 0.45, 0.7];
    const predictions = outcomes.map(({ bad: isBad }, index) => ({ probability: chances[index], bad: isBad }));
    expect(brierScore(predictions)).toBeCloseTo(0.17652, 10);
  });

  it('example 19: population stability', () => {
    expect(populationStability([0.4, 0.3, 0.2, 0.1], [0.3, 0.3, 0.25, 0.15])).toBeCloseTo(0.060199, 6);
  });
});
