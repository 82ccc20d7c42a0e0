import { readFileSync } from 'node:fs';
import { ITEM_FINDINGS, itemFindingText } from './item-finding';

describe('findings on lines of items', () => {
  const page = readFileSync('docs/how-to/administrators/backtest-a-policy.md', 'utf8');

  it.each(Object.entries(ITEM_FINDINGS))('%s has its effect in the docs', (code, { effect }) => {
    expect(page).toMatch(new RegExp(`\\| \`${code}\` +\\| ${effect}`));
  });

  it('name the place, the cause and what happened', () => {
    const finding = { file: 'items.csv', line: 7, code: 'amount_zero' as const, message: 'the amount is 0' };
    expect(itemFindingText(finding)).toBe(
      'items.csv:7: amount_zero (left out): the amount is 0. The amount is zero: nothing is owed.',
    );
  });
});
