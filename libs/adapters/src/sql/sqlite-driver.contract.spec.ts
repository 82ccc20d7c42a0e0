import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { parse } from 'yaml';
import { adapterContract, type AdapterFixture } from '@syncline/testing';
import { FaultyConnection } from './faulty-connection.double';
import { sqlAdapter } from './sql-adapter';
import { openSqlite } from './sqlite-driver';
import { seedU8DemoDatabase } from './u8-demo';

const FIRST = { accountKey: '1', accountCode: 'C-001' };
const SECOND = { accountKey: '2', accountCode: 'C-002' };
const SHIPPED = parse(readFileSync('config/targets/u8-demo.yaml', 'utf8')) as { config: Record<string, unknown> };

function u8(transaction: 'item' | 'batch'): () => Promise<AdapterFixture> {
  return async () => {
    const directory = mkdtempSync(join(tmpdir(), 'syncline-u8-'));
    const path = join(directory, 'u8.db');
    seedU8DemoDatabase(path, [FIRST.accountCode, SECOND.accountCode]);
    const database = new Database(path);
    database.exec('ALTER TABLE Customer ADD COLUMN cModifyPerson nvarchar(20)');
    database.exec("UPDATE Customer SET cCusName = '东方贸易有限公司'");
    const connection = new FaultyConnection();
    const one = (sql: string, ...values: string[]) => database.prepare<string[]>(sql).all(...values)[0];
    const config = {
      ...SHIPPED.config,
      connection: { path: '${env:U8_PATH}' },
      transaction,
      echo: { column: 'cModifyPerson', value: 'syncline' },
      company: { statement: "SELECT '001'", equals: '001' },
    };
    return {
      adapter: sqlAdapter({ sqlite: connection.around(openSqlite) }),
      config,
      secrets: { U8_PATH: path },
      broken: {
        secret: { ...config, connection: { path: '${env:U8_PATH}.wrong' } },
        company: { ...config, company: { statement: "SELECT '002'", equals: '001' } },
        right: {
          ...config,
          statements: { ...(SHIPPED.config.statements as object), write: 'UPDATE NoTable SET a = 1 WHERE b = :id' },
        },
      },
      accounts: { first: FIRST, second: SECOND },
      currency: 'CNY',
      grades: ['A', '甲级'],
      holds: ['none', 'all'],
      unlimited: true,
      untouched: async ({ accountCode }) => one('SELECT cCusName FROM Customer WHERE cCusCode = ?', accountCode!),
      writes: async () => connection.writes,
      changedRow: async () => ({ cModifyPerson: 'syncline' }),
      faults: {
        loseAnswer: () => connection.loseAnswer(),
        changeBehind: async ({ accountCode }) => {
          database.exec(`UPDATE Customer SET iCusCreLine = '7.00', bCredit = 1 WHERE cCusCode = '${accountCode}'`);
        },
        refuse: async ({ accountCode }) => {
          database.exec(
            `CREATE TRIGGER refuse BEFORE UPDATE ON Customer WHEN NEW.cCusCode = '${accountCode}' ` +
              "BEGIN SELECT RAISE(ABORT, 'rule of the house'); END",
          );
        },
      },
      dispose: async () => {
        database.close();
        rmSync(directory, { recursive: true });
      },
    };
  };
}

const NOT_HERE = ['throttle', 'failWithSuccess', 'expireSession', 'refuseSessions'] as const;

adapterContract('sql on SQLite, the shipped U8 demo target', u8('item'), NOT_HERE);
adapterContract('sql on SQLite, a batch in one transaction', u8('batch'), NOT_HERE);
