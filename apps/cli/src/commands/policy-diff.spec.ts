import { policyDiffText, type PolicyDiffAnswer } from './policy-diff';

const side = { grade: 'A', term_days: 45, limit: '500000', currency: 'CNY', hold: 'none' };

const diff: PolicyDiffAnswer = {
  as_of: '2026-11-20',
  customers: 8,
  moved: 2,
  better: 0,
  worse: 1,
  exposure: '1234567.5',
  currency: 'CNY',
  grades: { B: { B: 3 }, AA: { AA: 3, A: 1 }, A: { B: 1 } },
  moves: [
    {
      customer_id: 'c1',
      name: '远航贸易',
      from: side,
      to: { ...side, grade: 'B', term_days: 30, limit: '300000' },
      direction: 'worse',
      exposure: '1234567.5',
      reasons: [{ code: 'H05_OLDEST_60', text: 'Hard rule.' }],
    },
  ],
};

describe('the diff of two policies', () => {
  it('shows who moves from what to what and why, the grades, and a summary', () => {
    const lines = policyDiffText(diff).split('\n');
    expect(lines[2]).toMatch(
      /^c1 +远航贸易 +A → B +45 d → 30 d +500,000 → 300,000 +none +worse +1,234,567\.5 +H05_OLDEST_60$/,
    );
    expect(lines[3]).toBe('… and 1 more: --moves 2');
    expect(lines.slice(5, 10).map((line) => line.trim().split(/\s{2,}/))).toEqual([
      ['from \\ to', 'AA', 'A', 'B'],
      [expect.stringMatching(/^-+$/), '--', '-', '-'],
      ['AA', '3', '1', '.'],
      ['A', '.', '.', '1'],
      ['B', '.', '.', '3'],
    ]);
    expect(lines.at(-1)).toBe(
      'As of 2026-11-20: 2 of 8 customers (25.0 %) would move, 0 better, 1 worse, 1 both; exposure concerned 1,234,567.5 CNY.',
    );
  });

  it('says so when nobody moves', () => {
    const none = { ...diff, customers: 0, moved: 0, worse: 0, exposure: '0', grades: {}, moves: [] };
    expect(policyDiffText(none)).toContain('0 of 0 customers (0 %) would move');
  });
});
