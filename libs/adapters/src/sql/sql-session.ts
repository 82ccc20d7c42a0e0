import {
  TargetFailure,
  type AccountReference,
  type AccountState,
  type AdapterCapabilities,
  type AdapterSession,
  type CheckFinding,
  type CreditCommand,
  type DeliveryFailure,
  type PlannedWrite,
  type Resolution,
  type WriteResult,
} from '@syncline/pipeline/deliver';
import { changesBetween, failure, type CreditMapping, type Expressed } from '../kit';
import { compileStatement, type CompiledStatement } from './named-parameters';
import { checkSql } from './sql-check';
import type { SqlConfig, SqlStatements } from './sql-config';
import { RolledBack, type SqlDriver, type SqlRow, type SqlRunner } from './sql-driver';

type Values = Record<string, string | null>;
type Written = { type: 'applied' } | Exclude<WriteResult, { type: 'applied' }>;

/** One target behind SQL statements. */
export class SqlSession implements AdapterSession {
  private readonly statements: Record<keyof SqlStatements, CompiledStatement>;

  constructor(
    private readonly config: SqlConfig,
    private readonly mapping: CreditMapping,
    private readonly driver: SqlDriver,
    readonly capabilities: AdapterCapabilities,
  ) {
    const compiled = (text: string) => compileStatement(text, driver.placeholder);
    const { find, read, write } = config.statements;
    this.statements = { find: compiled(find), read: compiled(read), write: compiled(write) };
  }

  check(signal: AbortSignal): Promise<CheckFinding[]> {
    return checkSql(this.config, this.driver, this.statements, signal);
  }

  async resolve(references: AccountReference[], signal: AbortSignal): Promise<Resolution[]> {
    const found: Resolution[] = [];
    for (const reference of references) {
      const account = this.config.match_by === 'code' ? reference.accountCode : reference.accountKey;
      const rows = account === null ? [] : await this.query('find', { account }, signal);
      if (rows.length > 1) found.push({ type: 'duplicate' });
      else found.push(foundAs(rows[0]?.id));
    }
    return found;
  }

  async read(ids: string[], signal: AbortSignal): Promise<(AccountState | null)[]> {
    const states: (AccountState | null)[] = [];
    for (const id of ids) states.push(this.stateOf(id, (await this.query('read', { id }, signal))[0]));
    return states;
  }

  async plan(commands: CreditCommand[], signal: AbortSignal): Promise<PlannedWrite[]> {
    const states = await this.read(
      commands.map(({ id }) => id),
      signal,
    );
    return commands.map((command, index) => {
      const before = states[index] ?? null;
      const wish = this.mapping.express(command);
      if (wish.type === 'refused') return { before, changes: [], lossy: [], refusal: wish.failure };
      return { before, changes: changesBetween(before?.values ?? {}, wish.values), lossy: wish.lossy };
    });
  }

  async write(commands: CreditCommand[], signal: AbortSignal): Promise<WriteResult[]> {
    if (this.config.transaction === 'batch') return this.writeTogether(commands, signal);
    const results: WriteResult[] = [];
    for (const command of commands) results.push(...(await this.writeTogether([command], signal)));
    return results;
  }

  ownWrite(row: Record<string, unknown>): boolean {
    const { echo } = this.config;
    return echo !== undefined && row[echo.column] === echo.value;
  }

  close(): Promise<void> {
    return this.driver.close();
  }

  private async writeTogether(commands: CreditCommand[], signal: AbortSignal): Promise<WriteResult[]> {
    const results: Written[] = [];
    try {
      await this.driver.transaction(async (runner) => {
        for (const command of commands) {
          const result = await this.writeOne(runner, command);
          results.push(result);
          if (result.type === 'failed') throw new RolledBack();
        }
      }, signal);
      return await this.readBack(commands, results, signal);
    } catch (error) {
      return this.afterRollBack(commands, results, error);
    }
  }

  private async writeOne(runner: SqlRunner, command: CreditCommand): Promise<Written> {
    const wish = this.mapping.express(command);
    if (wish.type === 'refused') return { type: 'failed', failure: wish.failure };
    if (command.expected && changesBetween(command.expected.values, wish.values).length === 0) {
      return { type: 'unchanged', observed: command.expected.values };
    }
    const { affected } = await this.run(runner, 'write', this.parameters(command, wish));
    if (affected === 1) return { type: 'applied' };
    if (affected > 1) {
      return failed(failure('TARGET_ROWS_UNEXPECTED', { type: 'permanent', needsHuman: true }, `${affected} rows`));
    }
    const state = this.stateOf(command.id, (await this.run(runner, 'read', { id: command.id })).rows[0]);
    if (state && changesBetween(state.values, wish.values).length === 0) {
      return { type: 'unchanged', observed: state.values };
    }
    return failed(failure('TARGET_CONFLICT', { type: 'conflict' }, state ? undefined : 'the account is gone'));
  }

  /** What is committed is read anew, outside the transaction that wrote it. */
  private async readBack(commands: CreditCommand[], results: Written[], signal: AbortSignal): Promise<WriteResult[]> {
    return Promise.all(
      commands.map(async (command, index) => {
        const result = results[index]!;
        if (result.type !== 'applied') return result;
        const wish = this.mapping.express(command);
        const state = (await this.read([command.id], signal).catch(() => []))[0];
        if (wish.type === 'refused' || !state) return { type: 'applied', observed: {}, verified: false };
        const verified = changesBetween(state.values, wish.values).length === 0;
        return {
          type: 'applied',
          observed: state.values,
          verified,
          ...(wish.lossy.length > 0 && { lossy: wish.lossy }),
        };
      }),
    );
  }

  private afterRollBack(commands: CreditCommand[], results: Written[], error: unknown): WriteResult[] {
    if (!(error instanceof RolledBack)) {
      const cause = this.driver.classify(error);
      // The statement that failed is to blame for what the database says about values; all share a lost connection.
      return commands.map((_, index) =>
        index === results.length || cause.type !== 'permanent' ? failed(cause) : failed(rolledBack()),
      );
    }
    return commands.map((_, index) => {
      const result = results[index];
      return result?.type === 'failed' ? result : failed(rolledBack());
    });
  }

  private parameters(command: CreditCommand, wish: Extract<Expressed, { type: 'expressed' }>): Values {
    const old = command.expected?.token ? (JSON.parse(command.expected.token) as Values) : {};
    const parameters: Values = {
      id: command.id,
      account_key: command.accountKey,
      account_code: command.accountCode,
      version: String(command.version),
      idempotency_key: command.idempotencyKey,
    };
    for (const name of this.mapping.names) {
      parameters[name] = wish.native[name] ?? null;
      parameters[`old_${name}`] = old[name] ?? null;
    }
    return parameters;
  }

  private stateOf(id: string, row: SqlRow | undefined): AccountState | null {
    if (!row) return null;
    const raw: Values = {};
    for (const name of this.mapping.names) raw[name] = rawText(row[name]);
    return { id, values: this.mapping.observe(row), token: JSON.stringify(raw) };
  }

  private async query(name: keyof SqlStatements, values: Values, signal: AbortSignal): Promise<SqlRow[]> {
    const statement = this.statements[name];
    try {
      return await this.driver.query(statement.text, ordered(statement, values), signal);
    } catch (error) {
      signal.throwIfAborted();
      throw new TargetFailure(this.driver.classify(error));
    }
  }

  private run(runner: SqlRunner, name: keyof SqlStatements, values: Values) {
    const statement = this.statements[name];
    return runner.run(statement.text, ordered(statement, values));
  }
}

function foundAs(id: unknown): Resolution {
  const text = rawText(id);
  return text === null ? { type: 'missing' } : { type: 'found', id: text };
}

function ordered(statement: CompiledStatement, values: Values): (string | null)[] {
  return statement.names.map((name) => values[name] ?? null);
}

function rawText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'boolean' ? (value ? '1' : '0') : String(value as string | number);
}

function failed(cause: DeliveryFailure): Extract<WriteResult, { type: 'failed' }> {
  return { type: 'failed', failure: cause };
}

function rolledBack(): DeliveryFailure {
  return failure('TARGET_BATCH_ROLLED_BACK', { type: 'retryable' });
}
