import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { adapterContract, type AdapterFixture } from '@syncline/testing';
import { FaultyConnection } from './faulty-connection.double';
import { openPostgres } from './postgres-driver';
import { sqlAdapter } from './sql-adapter';

const FIRST = { accountKey: '1', accountCode: 'C-001' };
const SECOND = { accountKey: '2', accountCode: 'C-002' };
const TWICE = { accountKey: '3', accountCode: 'C-003' };

function postgresUrl(): string {
  const url = process.env.SYNCLINE_TEST_POSTGRES_URL;
  if (!url) throw new Error('SYNCLINE_TEST_POSTGRES_URL is not set: this suite needs a PostgreSQL');
  return url;
}

const WRITTEN = ['grade', 'days', 'credit_limit', 'blocked'];

function statementsOn(table: string) {
  const same = (name: string, type: string) => `${name} IS NOT DISTINCT FROM CAST(:old_${name} AS ${type})`;
  return {
    find: `SELECT id FROM ${table} WHERE code = :account`,
    read: `SELECT ${WRITTEN.join(', ')} FROM ${table} WHERE id::text = :id -- :never a parameter`,
    write: `UPDATE ${table} SET grade = :grade, days = CAST(:days AS int), blocked = :blocked,
        credit_limit = CAST(:credit_limit AS numeric), changed_by = 'syncline'
      WHERE id::text = :id AND ${same('grade', 'text')} AND ${same('days', 'int')}
        AND ${same('credit_limit', 'numeric')} AND ${same('blocked', 'text')}`,
  };
}

function onPostgres(transaction: 'item' | 'batch'): () => Promise<AdapterFixture> {
  return async () => {
    const url = postgresUrl();
    const client = new Client({ connectionString: url });
    await client.connect();
    const table = `customer_${randomUUID().replaceAll('-', '')}`;
    await client.query(`CREATE TABLE ${table} (id int PRIMARY KEY, code text, name text, grade text, days int,
      credit_limit numeric(19,4) DEFAULT 0, blocked text, changed_by text)`);
    const codes = [FIRST.accountCode, SECOND.accountCode, TWICE.accountCode, TWICE.accountCode];
    for (const [index, code] of codes.entries()) {
      await client.query(`INSERT INTO ${table} (id, code, name) VALUES ($1, $2, '东方贸易')`, [index + 1, code]);
    }
    const row = async (code: string | null): Promise<Record<string, unknown>> =>
      (await client.query<Record<string, unknown>>(`SELECT * FROM ${table} WHERE code = $1`, [code])).rows[0]!;
    const connection = new FaultyConnection();
    const statements = statementsOn(table);
    const config = {
      driver: 'postgres',
      connection: { url: '${env:ERP_URL}' },
      transaction,
      statements,
      company: { statement: 'SELECT current_database()', equals: new URL(url).pathname.slice(1) },
      echo: { column: 'changed_by', value: 'syncline' },
      credit: {
        currency: 'CNY',
        grade: { name: 'grade' },
        term_days: { name: 'days' },
        limit: { name: 'credit_limit', scale: 4, precision: 19, unlimited: 'null' },
        hold: { name: 'blocked', values: { none: 'N', new_orders: 'O', all: 'A' } },
      },
    };
    return {
      adapter: sqlAdapter({ postgres: connection.around(openPostgres) }),
      config,
      secrets: { ERP_URL: url },
      broken: {
        secret: { ...config, connection: { url: '${env:ERP_URL}_missing' } },
        company: { ...config, company: { ...config.company, equals: 'another' } },
      },
      accounts: { first: FIRST, second: SECOND, duplicate: TWICE },
      currency: 'CNY',
      grades: ['A', '甲级'],
      holds: ['none', 'new_orders', 'all'],
      unlimited: true,
      untouched: async ({ accountCode }) => (await row(accountCode)).name,
      writes: async () => connection.writes,
      changedRow: ({ accountCode }) => row(accountCode),
      faults: {
        loseAnswer: () => connection.loseAnswer(),
        changeBehind: async ({ accountCode }) => {
          await client.query(`UPDATE ${table} SET credit_limit = 7 WHERE code = $1`, [accountCode]);
        },
        refuse: async ({ accountKey }) => {
          await client.query(`ALTER TABLE ${table} ADD CHECK (id <> ${Number(accountKey)} OR grade IS NULL)`);
        },
      },
      dispose: async () => {
        await client.query(`DROP TABLE ${table}`);
        await client.end();
      },
    };
  };
}

const NOT_HERE = ['throttle', 'failWithSuccess', 'expireSession', 'refuseSessions', 'right'] as const;

adapterContract('sql on PostgreSQL', onPostgres('item'), NOT_HERE);
adapterContract('sql on PostgreSQL, a batch in one transaction', onPostgres('batch'), NOT_HERE);
