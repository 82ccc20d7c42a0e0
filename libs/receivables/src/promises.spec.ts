import { brokenPromiseRatio } from './payment-behaviour';
import { evaluatePromises, type PaymentPromise } from './promises';

const promise = (promisedFor: string, ...payments: [string, string][]): PaymentPromise => ({
  madeOn: '2025-01-01',
  promisedFor,
  amount: '100',
  payments: payments.map(([on, amount]) => ({ on, amount })),
});

describe('promises', () => {
  it('are kept, partly kept or broken once their date and the tolerance are past', () => {
    const promises = [
      promise('2025-01-10', ['2025-01-05', '60'], ['2025-01-12', '40']),
      promise('2025-01-10', ['2025-01-12', '99.99']),
      promise('2025-01-10', ['2025-01-13', '100']),
      promise('2025-01-10', ['2024-12-31', '100']),
      promise('2025-01-29'),
    ];
    const outcomes = evaluatePromises(promises, '2025-01-31', 2);
    expect(outcomes).toEqual({ kept: 1, partial: 1, broken: 2 });
    expect(brokenPromiseRatio(outcomes)).toBe(0.625);
  });

  it('are not evaluated on the last day of the tolerance', () => {
    expect(evaluatePromises([promise('2025-01-29')], '2025-01-31', 2)).toEqual({ kept: 0, partial: 0, broken: 0 });
    expect(evaluatePromises([promise('2025-01-29')], '2025-02-01', 2)).toEqual({ kept: 0, partial: 0, broken: 1 });
  });
});
