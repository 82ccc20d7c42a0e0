import { SynclineError } from '@syncline/model';
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
import { changesBetween, failure, errorText, type CreditMapping, type Expressed } from '../kit';
import { atPointer } from './json-pointer';
import { JsonNumber, type TemplateValue, type TemplateValues } from './json-template';
import type { RestAnswer, RestClient } from './rest-client';
import type { RestConfig } from './rest-config';

type Wish = Extract<Expressed, { type: 'expressed' }>;

/** One target behind a REST API. */
export class RestSession implements AdapterSession {
  constructor(
    private readonly config: RestConfig,
    private readonly mapping: CreditMapping,
    private readonly client: RestClient,
    readonly capabilities: AdapterCapabilities,
  ) {}

  async check(signal: AbortSignal): Promise<CheckFinding[]> {
    const findings: CheckFinding[] = [];
    const probe = async (name: string, fine: string, work: () => Promise<string | null>): Promise<void> => {
      const problem = await work().catch(errorText);
      findings.push({ name, ok: problem === null, message: problem ?? fine });
    };
    const { company } = this.config;
    if (company) {
      await probe('company', 'the right company', async () => {
        const { body } = await this.client.send(company.request, {}, signal);
        return String(atPointer(body, company.pointer)) === company.equals ? null : 'not the configured company';
      });
    }
    await probe('read', 'connected, logged in, may read', async () => {
      await this.readOne('syncline-check-no-such-account', signal);
      return null;
    });
    return findings;
  }

  async resolve(references: AccountReference[], signal: AbortSignal): Promise<Resolution[]> {
    const found: Resolution[] = [];
    for (const reference of references) {
      const account = this.config.match_by === 'code' ? reference.accountCode : reference.accountKey;
      found.push(account === null ? { type: 'missing' } : await this.find(account, signal));
    }
    return found;
  }

  async read(ids: string[], signal: AbortSignal): Promise<(AccountState | null)[]> {
    const states: (AccountState | null)[] = [];
    for (const id of ids) states.push(await this.readOne(id, signal));
    return states;
  }

  async plan(commands: CreditCommand[], signal: AbortSignal): Promise<PlannedWrite[]> {
    const plans: PlannedWrite[] = [];
    for (const command of commands) {
      const before = await this.readOne(command.id, signal);
      const wish = this.mapping.express(command);
      plans.push(
        wish.type === 'refused'
          ? { before, changes: [], lossy: [], refusal: wish.failure }
          : { before, changes: changesBetween(before?.values ?? {}, wish.values), lossy: wish.lossy },
      );
    }
    return plans;
  }

  async write(commands: CreditCommand[], signal: AbortSignal): Promise<WriteResult[]> {
    const results: WriteResult[] = [];
    for (const command of commands) {
      try {
        results.push(await this.writeOne(command, signal));
      } catch (error) {
        results.push({ type: 'failed', failure: failureOf(error, signal) });
      }
    }
    return results;
  }

  ownWrite(row: Record<string, unknown>): boolean {
    const { echo } = this.config;
    return echo !== undefined && row[echo.column] === echo.value;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async writeOne(command: CreditCommand, signal: AbortSignal): Promise<WriteResult> {
    signal.throwIfAborted();
    const wish = this.mapping.express(command);
    if (wish.type === 'refused') return { type: 'failed', failure: wish.failure };
    const { expected } = command;
    if (expected && changesBetween(expected.values, wish.values).length === 0) {
      return { type: 'unchanged', observed: expected.values };
    }
    const lateConflict = await this.conflictBeforeWrite(command, signal);
    if (lateConflict) return { type: 'failed', failure: lateConflict };
    await this.client.send(this.config.write.request, this.values(command, wish), signal);
    return this.verified(command, wish, signal);
  }

  /** Without a version that the target checks itself, the last look before the write is the best there is. */
  private async conflictBeforeWrite(command: CreditCommand, signal: AbortSignal): Promise<DeliveryFailure | null> {
    if (this.config.read.version || !command.expected) return null;
    const now = await this.readOne(command.id, signal);
    const changed = !now || changesBetween(now.values, command.expected.values).length > 0;
    return changed ? failure('TARGET_CONFLICT', { type: 'conflict' }) : null;
  }

  private async verified(command: CreditCommand, wish: Wish, signal: AbortSignal): Promise<WriteResult> {
    const state = await this.readOne(command.id, signal).catch(() => null);
    const lossy = wish.lossy.length > 0 ? { lossy: wish.lossy } : {};
    if (!state) return { type: 'applied', observed: {}, verified: false, ...lossy };
    const same = changesBetween(state.values, wish.values).length === 0;
    return { type: 'applied', observed: state.values, verified: same, ...lossy };
  }

  private async find(account: string, signal: AbortSignal): Promise<Resolution> {
    const { find } = this.config;
    if (!find) return (await this.readOne(account, signal)) ? { type: 'found', id: account } : { type: 'missing' };
    const answer = await missingAsNull(this.client.send(find.request, { account }, signal));
    const list = answer ? atPointer(answer.body, find.list) : [];
    if (!Array.isArray(list)) throw unreadable(`${find.list} is no list`);
    if (list.length > 1) return { type: 'duplicate' };
    if (list.length === 0) return { type: 'missing' };
    const id = atPointer(list[0], find.id);
    if (typeof id !== 'string' && typeof id !== 'number') throw unreadable(`${find.id} leads nowhere`);
    return { type: 'found', id: String(id) };
  }

  private async readOne(id: string, signal: AbortSignal): Promise<AccountState | null> {
    const { request, fields, version } = this.config.read;
    const answer = await missingAsNull(this.client.send(request, { id }, signal));
    if (!answer) return null;
    const native = Object.fromEntries(Object.entries(fields).map(([name, at]) => [name, atPointer(answer.body, at)]));
    const token = version?.header
      ? answer.http.headers.get(version.header)
      : version?.pointer !== undefined
        ? atPointer(answer.body, version.pointer)
        : undefined;
    const known = typeof token === 'string' || typeof token === 'number' ? { token: String(token) } : {};
    try {
      return { id, values: this.mapping.observe(native), ...known };
    } catch {
      throw unreadable('an amount is no exact decimal');
    }
  }

  private values(command: CreditCommand, wish: Wish): TemplateValues {
    const values: Record<string, TemplateValue> = {
      id: command.id,
      account_key: command.accountKey,
      account_code: command.accountCode,
      version: command.expected?.token ?? null,
      rating_version: command.version,
      idempotency_key: command.idempotencyKey,
    };
    for (const name of this.mapping.names) values[name] = this.jsonValue(name, wish.native[name] ?? null);
    return values;
  }

  private jsonValue(name: string, text: string | null): TemplateValue {
    if (text === null) return null;
    if (this.mapping.isAmount(name)) return this.config.amounts === 'number' ? new JsonNumber(text) : text;
    if (this.mapping.isDays(name)) return new JsonNumber(text);
    return this.mapping.literal(name, text);
  }
}

async function missingAsNull(answer: Promise<RestAnswer>): Promise<RestAnswer | null> {
  return answer.catch((error: unknown) => {
    const missing =
      error instanceof TargetFailure && error.failure.type === 'permanent' && error.failure.field === 'account';
    if (missing) return null;
    throw error;
  });
}

function failureOf(error: unknown, signal: AbortSignal): DeliveryFailure {
  if (error instanceof TargetFailure) return error.failure;
  if (error instanceof SynclineError) {
    return { type: 'retryable', targetWide: true, code: error.code, message: error.message };
  }
  const detail = signal.aborted ? 'no answer in time' : 'unexpected';
  return failure('TARGET_CONNECTION_LOST', { type: 'retryable', ambiguous: true, targetWide: signal.aborted }, detail);
}

function unreadable(detail: string): TargetFailure {
  return new TargetFailure(failure('TARGET_ANSWER_UNREADABLE', { type: 'retryable' }, detail));
}
