import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as tables from '../schema/tables';
import { MSSQL_MIGRATIONS } from './mssql';
import { POSTGRES_MIGRATIONS } from './postgres';
import { SQLITE_MIGRATIONS } from './sqlite';

const declared = Object.values(tables).filter((value) => 'columns' in value);

/** What migrations would run, one after another. */
async function statementsOf(migrations: readonly (new () => MigrationInterface)[]): Promise<string[]> {
  const statements: string[] = [];
  const recorder = { query: async (sql: string) => statements.push(sql) };
  for (const Migration of migrations) await new Migration().up(recorder as unknown as QueryRunner);
  return statements;
}

describe.each([
  ['SQLite', SQLITE_MIGRATIONS],
  ['PostgreSQL', POSTGRES_MIGRATIONS],
  ['SQL Server', MSSQL_MIGRATIONS],
])('the migrations of %s', (_name, migrations) => {
  it('make every declared table with every declared column', async () => {
    const statements = await statementsOf(migrations);
    for (const table of declared) {
      const create = statements.find((sql) => sql.startsWith(`CREATE TABLE "${table.name}"`)) ?? '';
      const added = statements.filter((sql) => sql.startsWith(`ALTER TABLE "${table.name}" ADD `)).join('\n');
      const made = [...`${create}\n${added}`.matchAll(/^(?:\s+|ALTER .* ADD (?:COLUMN )?)"(\w+)" /gm)].map(
        (match) => match[1],
      );
      expect(made).toEqual(expect.arrayContaining(Object.keys(table.columns)));
    }
  });

  it('hold no amount as floating point', async () => {
    const sql = (await statementsOf(migrations)).join('\n');
    expect(sql).not.toMatch(/\b(float|real|double|money)\b/i);
    expect(sql).toMatch(/"open_amount" (TEXT|numeric\(38,10\)|decimal\(28,10\)) NOT NULL/);
  });

  it('serve the look-ups of the ports by index', async () => {
    const sql = (await statementsOf(migrations)).join('\n');
    expect(sql).toContain('ON "receivable_item" ("system", "account_key", "is_open")');
    expect(sql).toContain('ON "sales_order" ("system", "account_key", "is_open")');
    expect(sql).toContain('ON "delivery" ("target", "ready_at")');
    expect(sql).toContain('ON "account" ("customer_id")');
    expect(sql).toContain('ON "account" ("birth_id", "customer_id")');
    expect(sql).toContain('ON "account" ("system", "parent_key")');
    expect(sql).toContain('("system", "target_kind", "target_key", "kind", "key", "name")');
  });
});
