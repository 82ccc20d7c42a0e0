import type { Row, SourceEvent } from './event';
import { withPoison } from './poison';
import { Chance } from './random';

const SEEDS = Array.from({ length: 60 }, (_, at) => at + 1);

/** Codes that a line of the ledger is spoilt with, over many seeds. */
function codesOf(row: Row): Set<string> {
  const value = JSON.stringify({ op: 'c', after: row, source: { lsn: 1 } });
  const table = 'account_move_line';
  const event: SourceEvent = {
    system: 'erp',
    topic: `erp.public.${table}`,
    key: '1',
    value,
    table,
    id: 1,
    position: 1,
    row,
  };
  const spoilt = SEEDS.flatMap((seed) => withPoison([event], 1, new Chance(seed)).slice(1));
  return new Set(spoilt.flatMap(({ poison }) => (poison ? [poison.code] : [])));
}

describe('withPoison', () => {
  it('spoils an amount where the mapping reads it, and nowhere else', () => {
    expect(codesOf({ id: 1, party: 7, debit: '1.00' })).toContain('MAPPING_EXPRESSION_FAILED');
    const unread = codesOf({ id: 1, party: null, debit: '1.00' });
    expect(unread).not.toContain('MAPPING_EXPRESSION_FAILED');
    expect(unread.size).toBeGreaterThan(0);
  });
});
