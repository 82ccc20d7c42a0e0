import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as tables from '../schema/tables';
import { MssqlInitial1763791200000 } from './mssql/1763791200000-initial';
import { PostgresInitial1763791200000 } from './postgres/1763791200000-initial';
import { SqliteInitial1763791200000 } from './sqlite/1763791200000-initial';

const declared = Object.values(tables).filter((value) => 'columns' in value);

/** What a migration would run. */
async function statementsOf(migration: MigrationInterface): Promise<string[]> {
  const statements: string[] = [];
  const recorder = { query: async (sql: string) => statements.push(sql) };
  await migration.up(recorder as unknown as QueryRunner);
  return statements;
}

describe.each([
  ['SQLite', new SqliteInitial1763791200000()],
  ['PostgreSQL', new PostgresInitial1763791200000()],
  ['SQL Server', new MssqlInitial1763791200000()],
])('the migrations of %s', (_name, migration) => {
  it('make every declared table with every declared column', async () => {
    const statements = await statementsOf(migration);
    for (const table of declared) {
      const create = statements.find((sql) => sql.startsWith(`CREATE TABLE "${table.name}"`)) ?? '';
      const made = [...create.matchAll(/^\s+"(\w+)" /gm)].map((match) => match[1]);
      expect(made).toEqual(expect.arrayContaining(Object.keys(table.columns)));
    }
  });

  it('hold no amount as floating point', async () => {
    const sql = (await statementsOf(migration)).join('\n');
    expect(sql).not.toMatch(/\b(float|real|double|money)\b/i);
    expect(sql).toMatch(/"open_amount" (TEXT|numeric\(38,10\)|decimal\(28,10\)) NOT NULL/);
  });

  it('serve the look-ups of the ports by index', async () => {
    const sql = (await statementsOf(migration)).join('\n');
    expect(sql).toContain('ON "receivable_item" ("system", "account_key", "is_open")');
    expect(sql).toContain('ON "sales_order" ("system", "account_key", "is_open")');
    expect(sql).toContain('ON "delivery" ("target", "ready_at")');
    expect(sql).toContain('ON "account" ("customer_id")');
    expect(sql).toContain('("system", "target_kind", "target_key", "kind", "key", "name")');
  });
});
