import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { AdapterContext } from '@syncline/pipeline/deliver';
import { targetDescription } from '@syncline/pipeline/deliver';
import { compileStatement } from './named-parameters';
import { sqlAdapter } from './sql-adapter';
import { sqliteFailure, sqlServerFailure, sqlStateFailure } from './sql-errors';

const context: AdapterContext = {
  target: 'u8',
  fetch,
  secrets: { resolve: async () => 'resolved' },
  clock: { now: () => 0 },
  log: { warn: () => undefined, debug: () => undefined },
};

describe('statements', () => {
  it('compile named parameters, and only those', () => {
    const sql = `SELECT ':no', "a:no", [b:no], x::text -- :no\n/* :no */ FROM t WHERE a = :a AND b = :b AND c = :a`;
    const compiled = compileStatement(sql, (_, position) => `$${position}`);
    expect(compiled.names).toEqual(['a', 'b', 'a']);
    expect(compiled.text).toContain('a = $1 AND b = $2 AND c = $3');
    expect(compiled.text).toContain(`':no', "a:no", [b:no], x::text -- :no`);
  });

  it('are refused at the start when they use a parameter that nobody fills', async () => {
    const { config } = parse(readFileSync('config/targets/u8-demo.yaml', 'utf8')) as { config: object };
    const statements = { find: 'SELECT 1 AS id', read: 'SELECT 1', write: 'UPDATE t SET a = :iCusCreLin' };
    await expect(sqlAdapter().open({ ...config, statements }, context)).rejects.toMatchObject({
      code: 'TARGET_CONFIG_INVALID',
      message: expect.stringContaining(':iCusCreLin') as string,
    });
  });

  it('of every shipped target are in order', async () => {
    const folder = 'config/targets';
    for (const file of readdirSync(folder)) {
      const target = targetDescription(parse(readFileSync(join(folder, file), 'utf8')), file);
      if (target.adapter !== 'sql') continue;
      const session = await sqlAdapter().open(target.config, context);
      expect(session.capabilities.concurrency).toBe('compare_and_set');
      await session.close();
    }
  });
});

describe('what databases answer', () => {
  it.each([
    ['40001', 'retryable'],
    ['40P01', 'retryable'],
    ['08006', 'retryable'],
    ['57P01', 'retryable'],
    ['23514', 'permanent'],
    ['22003', 'permanent'],
    ['42P01', 'permanent'],
    ['28P01', 'auth'],
    ['42501', 'auth'],
  ])('SQLSTATE %s is %s', (state, type) => {
    expect(sqlStateFailure(state)).toMatchObject({ type });
  });

  it('a connection that broke is ambiguous, a deadlock is not', () => {
    expect(sqlStateFailure('08006')).toMatchObject({ ambiguous: true, targetWide: true });
    expect(sqlStateFailure('40P01')).not.toHaveProperty('ambiguous');
    expect(sqlServerFailure(1205)).toEqual(expect.not.objectContaining({ ambiguous: true }));
  });

  it.each([
    [1205, 'retryable'],
    [1222, 'retryable'],
    [2627, 'permanent'],
    [547, 'permanent'],
    [18456, 'auth'],
    [229, 'auth'],
    [50000, 'retryable'],
  ])('SQL Server error %s is %s', (number, type) => {
    expect(sqlServerFailure(number)).toMatchObject({ type });
  });

  it.each([
    ['SQLITE_BUSY', 'retryable'],
    ['SQLITE_CONSTRAINT_CHECK', 'permanent'],
    ['SQLITE_READONLY', 'auth'],
  ])('%s is %s', (code, type) => {
    expect(sqliteFailure(code)).toMatchObject({ type });
  });
});
