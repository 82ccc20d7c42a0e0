import { bytes, decimal, int, table, text } from '../../schema/table';
import { POSTGRES_SYNTAX } from './postgres-syntax';

const THING = table('thing', ['key'], { key: text(20), version: int, amount: decimal, raw: bytes });

describe('SQL for PostgreSQL', () => {
  it('upserts rows from one JSON parameter, only older ones where asked', () => {
    const sql = POSTGRES_SYNTAX.upsert(THING, Object.keys(THING.columns), 'version');
    expect(sql).toContain('jsonb_array_elements($1::jsonb)');
    expect(sql).toContain(`(v ->> 2)::numeric AS "amount", decode(v ->> 3, 'hex') AS "raw"`);
    expect(sql).toMatch(/ON CONFLICT \("key"\) DO UPDATE SET .* WHERE "thing"\."version" < excluded\."version"$/);
  });

  it('joins keys with their types', () => {
    expect(POSTGRES_SYNTAX.select(THING, ['key', 'version'], ['amount'])).toContain('(v ->> 1)::bigint AS c1');
  });
});
