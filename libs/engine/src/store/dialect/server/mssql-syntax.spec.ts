import { createHash } from 'node:crypto';
import { bytes, decimal, int, table, text } from '../../schema/table';
import * as tables from '../../schema/tables';
import { MSSQL_SYNTAX } from './mssql-syntax';
import { APPLOCK, credentials } from './open-mssql';

const { RECORD, RECEIVABLE_ITEM, RECORD_REF } = tables;

const THING = table('thing', ['key'], { key: text(20), version: int, amount: decimal, raw: bytes });
const columnsOf = (of: typeof THING): string[] => Object.keys(of.columns);

describe('SQL for SQL Server', () => {
  it('updates what is there, then inserts what is missing under a range lock', () => {
    const sql = MSSQL_SYNTAX.upsert(THING, columnsOf(THING));
    expect(sql).toMatch(
      /^UPDATE t SET "version" = r\."version", .* FROM "thing" t JOIN .* ON t\."key" = r\."key"; INSERT INTO "thing"/,
    );
    expect(sql).toContain(
      'WHERE NOT EXISTS (SELECT 1 FROM "thing" t WITH (UPDLOCK, HOLDLOCK) WHERE t."key" = r."key")',
    );
  });

  it('overwrites only older rows where asked', () => {
    expect(MSSQL_SYNTAX.upsert(THING, columnsOf(THING), 'version')).toContain(
      'WHERE t."version" < r."version"; INSERT',
    );
  });

  it('only inserts into tables that are all key', () => {
    expect(MSSQL_SYNTAX.upsert(RECORD_REF, columnsOf(RECORD_REF))).toMatch(/^INSERT INTO "record_ref"/);
  });

  it('reads rows from one JSON parameter with exact decimals, national text by code unit, and bytes', () => {
    const sql = MSSQL_SYNTAX.insert(THING, columnsOf(THING));
    expect(sql).toContain(
      `FROM OPENJSON(@0) WITH ("key" nvarchar(20) '$[0]', "version" int '$[1]', "amount" decimal(28,10) '$[2]'`,
    );
    expect(sql).toContain('"key" COLLATE Latin1_General_100_BIN2 AS "key"');
    expect(sql).toContain('CONVERT(varbinary(max), "raw", 2) AS "raw"');
  });

  it('gives amounts back as text and joins keys by code unit', () => {
    const sql = MSSQL_SYNTAX.select(RECEIVABLE_ITEM, ['system', 'key'], ['amount', 'body'], 't.is_open = 1');
    expect(sql).toContain('CONVERT(varchar(40), t."amount") AS "amount", t."body"');
    expect(sql).toContain(`c0 COLLATE Latin1_General_100_BIN2 AS c0`);
    expect(sql).toMatch(/ON t\."system" = k\.c0 AND t\."key" = k\.c1 WHERE t\.is_open = 1$/);
  });

  it('updates and deletes sets of rows', () => {
    expect(MSSQL_SYNTAX.update(THING, ['amount'])).toMatch(
      /^UPDATE t SET "amount" = r\."amount" FROM "thing" t JOIN .* ON t\."key" = r\."key"$/,
    );
    expect(MSSQL_SYNTAX.delete(THING, ['version'])).toMatch(
      /^DELETE t FROM "thing" t JOIN \(SELECT c0 FROM OPENJSON\(@0\) WITH \(c0 bigint '\$\[0\]'\)\) k ON/,
    );
  });

  it('never merges and never pages without saying where', () => {
    const all = Object.values(tables).filter((value) => 'columns' in value);
    for (const each of all) expect(MSSQL_SYNTAX.upsert(each, columnsOf(each))).not.toMatch(/\bMERGE\b/i);
    expect(MSSQL_SYNTAX.page(10, 20)).toBe('OFFSET 20 ROWS FETCH NEXT 10 ROWS ONLY');
  });

  it('gives the same text for the same table, so that plans are found again', () => {
    const digest = (): string =>
      createHash('sha256')
        .update(MSSQL_SYNTAX.upsert(RECORD, columnsOf(RECORD)))
        .digest('hex');
    expect(digest()).toBe(digest());
  });

  it('locks by name until the transaction ends', () => {
    expect(APPLOCK).toContain("sp_getapplock @Resource = ?, @LockMode = 'Exclusive', @LockOwner = 'Transaction'");
  });

  it('takes an address apart, encrypting unless told otherwise', () => {
    expect(credentials('mssql://sa:p%40ss@db:14330/erp?trustServerCertificate=true')).toEqual({
      host: 'db',
      port: 14330,
      username: 'sa',
      password: 'p@ss',
      database: 'erp',
      options: { encrypt: true, trustServerCertificate: true, appName: 'syncline' },
    });
    expect(credentials('mssql://db/erp', { ca: 'PEM', servername: 'db.example' }).options).toEqual({
      encrypt: true,
      trustServerCertificate: false,
      serverName: 'db.example',
      cryptoCredentialsDetails: { ca: 'PEM' },
      appName: 'syncline',
    });
    expect(() => credentials('mssql://db/erp?encrypt=false', {})).toThrow('store.url says encrypt beside');
    expect(() => credentials('mssql://sa:s3cret@db:x/erp')).toThrow(/^store\.url is no URL$/);
    expect(credentials('mssql://db/erp?encrypt=false')).toMatchObject({ port: 1433, options: { encrypt: false } });
  });
});
