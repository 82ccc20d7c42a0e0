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
import { changesBetween, errorText, failure, type Expressed } from '../kit';
import { openCompany, type TrytonCompany } from './tryton-company';
import type { TrytonConfig } from './tryton-config';
import { TrytonError, type TrytonRpc } from './tryton-rpc';

interface PartyRow {
  id: number;
  code: string | null;
  credit_limit_amount: { decimal: string } | null;
  customer_payment_term?: number | null;
  categories: number[];
  _timestamp: string;
}

interface Party {
  state: AccountState;
  categories: number[];
}

/** One company of one Tryton. */
export class TrytonSession implements AdapterSession {
  private company: Promise<TrytonCompany> | null = null;
  private userId: number | null = null;

  constructor(
    private readonly config: TrytonConfig,
    private readonly rpc: TrytonRpc,
    readonly capabilities: AdapterCapabilities,
  ) {}

  async check(signal: AbortSignal): Promise<CheckFinding[]> {
    const findings: CheckFinding[] = [];
    const probe = async (name: string, fine: string, work: () => Promise<string | null>): Promise<boolean> => {
      const problem = await work().catch(checkText);
      findings.push({ name, ok: problem === null, message: problem ?? fine });
      return problem === null;
    };
    const loggedIn = await probe('login', 'connected and logged in', async () => {
      await this.rpc.session(signal);
      return null;
    });
    if (!loggedIn) return findings;
    await probe('company', 'the right company, and everything that the configuration names', async () => {
      await this.opened(signal);
      return null;
    });
    await probe('permission', 'may read and write the credit fields', async () =>
      (await this.mayWrite(signal)) ? null : 'the user may not write party.party or its credit fields',
    );
    return findings;
  }

  async resolve(references: AccountReference[], signal: AbortSignal): Promise<Resolution[]> {
    const byCode = this.config.match_by === 'code';
    const wanted = references.map(({ accountKey, accountCode }) => (byCode ? accountCode : accountKey));
    const field = byCode ? 'code' : 'id';
    const values = wanted.filter((value) => value !== null && (byCode || isId(value)));
    const domain = [[field, 'in', byCode ? values : values.map(Number)]];
    const rows = await this.search<{ id: number; code: string | null }>(domain, ['id', 'code'], signal);
    return wanted.map((value) => {
      const found = rows.filter((row) => value !== null && String(byCode ? row.code : row.id) === value);
      if (found.length > 1) return { type: 'duplicate' };
      return found[0] ? { type: 'found', id: String(found[0].id) } : { type: 'missing' };
    });
  }

  async read(ids: string[], signal: AbortSignal): Promise<(AccountState | null)[]> {
    const parties = await this.parties(ids, signal);
    return ids.map((id) => parties.get(id)?.state ?? null);
  }

  async plan(commands: CreditCommand[], signal: AbortSignal): Promise<PlannedWrite[]> {
    const { mapping } = await this.opened(signal);
    const states = await this.read(
      commands.map(({ id }) => id),
      signal,
    );
    return commands.map((command, index) => {
      const before = states[index] ?? null;
      const wish = mapping.express(command);
      if (wish.type === 'refused') return { before, changes: [], lossy: [], refusal: wish.failure };
      return { before, changes: changesBetween(before?.values ?? {}, wish.values), lossy: wish.lossy };
    });
  }

  async write(commands: CreditCommand[], signal: AbortSignal): Promise<WriteResult[]> {
    const results: WriteResult[] = [];
    for (const command of commands) {
      try {
        results.push(await this.writeOne(command, signal));
      } catch (error) {
        results.push({ type: 'failed', failure: await this.failureOf(error, signal) });
      }
    }
    return results;
  }

  /** Tryton notes the user of every write; nobody but Syncline should use ours. */
  ownWrite(row: Record<string, unknown>): boolean {
    const user = row.write_uid ?? row.create_uid;
    return this.userId !== null && user !== undefined && Number(user) === this.userId;
  }

  close(): Promise<void> {
    this.rpc.forget();
    return Promise.resolve();
  }

  private async writeOne(command: CreditCommand, signal: AbortSignal): Promise<WriteResult> {
    const company = await this.opened(signal);
    const wish = company.mapping.express(command);
    if (wish.type === 'refused') return { type: 'failed', failure: wish.failure };
    const { expected } = command;
    if (expected && changesBetween(expected.values, wish.values).length === 0) {
      return { type: 'unchanged', observed: expected.values };
    }
    const party = (await this.parties([command.id], signal)).get(command.id);
    if (!party) return failed(failure('TARGET_REFUSED', { type: 'permanent', field: 'account', needsHuman: true }));
    const token = expected?.token ?? party.state.token ?? '';
    const lock = { _timestamp: { [`party.party,${command.id}`]: token } };
    const values = fieldsOf(wish, party, company);
    await this.rpc.call('party.party.write', [[Number(command.id)], values], signal, lock);
    return this.verified(command.id, wish, signal);
  }

  private async verified(id: string, wish: Extract<Expressed, { type: 'expressed' }>, signal: AbortSignal) {
    const [state] = await this.read([id], signal).catch(() => [null]);
    const lossy = wish.lossy.length > 0 ? { lossy: wish.lossy } : {};
    if (!state) return { type: 'applied' as const, observed: {}, verified: false, ...lossy };
    const verified = changesBetween(state.values, wish.values).length === 0;
    return { type: 'applied' as const, observed: state.values, verified, ...lossy };
  }

  private async parties(ids: string[], signal: AbortSignal): Promise<Map<string, Party>> {
    const company = await this.opened(signal);
    const fields = ['id', 'credit_limit_amount', 'categories', '_timestamp'];
    if (company.carriesTerms) fields.push('customer_payment_term');
    const domain = [['id', 'in', ids.filter(isId).map(Number)]];
    const rows = await this.search<PartyRow>(domain, fields, signal);
    return new Map(rows.map((row) => [String(row.id), partyOf(row, company)]));
  }

  private async search<T>(domain: unknown[], fields: string[], signal: AbortSignal): Promise<T[]> {
    try {
      return await this.rpc.call<T[]>('party.party.search_read', [domain, 0, null, null, fields], signal);
    } catch (error) {
      throw error instanceof TrytonError ? new TargetFailure(await this.failureOf(error, signal)) : error;
    }
  }

  private opened(signal: AbortSignal): Promise<TrytonCompany> {
    this.company ??= openCompany(this.rpc, this.config, signal)
      .then((company) => {
        this.userId = company.userId;
        return company;
      })
      .catch((error: unknown) => {
        this.company = null;
        throw error instanceof TrytonError ? new TargetFailure(plainFailure(error.className)) : error;
      });
    return this.company;
  }

  /** Texts of errors are translated, so missing rights are asked for, not read out of them. */
  private async mayWrite(signal: AbortSignal): Promise<boolean> {
    const model = await this.rpc.call<Record<string, Record<string, boolean>>>(
      'ir.model.access.get_access',
      [['party.party']],
      signal,
    );
    if (model['party.party']?.write !== true) return false;
    const names = ['credit_limit_amount', 'categories'];
    if (this.config.payment_terms) names.push('customer_payment_term');
    type Fields = Record<string, { readonly: boolean } | undefined>;
    const fields = await this.rpc.call<Fields>('party.party.fields_get', [names], signal);
    // A field that this user may only read is read-only; one that it may not even read is not there.
    return names.every((name) => fields[name]?.readonly === false);
  }

  private async failureOf(error: unknown, signal: AbortSignal): Promise<DeliveryFailure> {
    if (error instanceof TargetFailure) return error.failure;
    if (error instanceof SynclineError) {
      return { type: 'retryable', targetWide: true, code: error.code, message: error.message };
    }
    if (!(error instanceof TrytonError)) {
      const detail = signal.aborted ? 'no answer in time' : 'unexpected';
      const lost = { type: 'retryable', ambiguous: true, targetWide: signal.aborted } as const;
      return failure('TARGET_CONNECTION_LOST', lost, detail);
    }
    if (error.className === 'UserError' && !(await this.mayWrite(signal).catch(() => true))) {
      return failure('TARGET_FORBIDDEN', { type: 'auth', refreshable: false }, 'party.party or its credit fields');
    }
    return plainFailure(error.className);
  }
}

/** What a class of Tryton's errors means. */
function plainFailure(className: string): DeliveryFailure {
  if (className === 'ConcurrencyException') return failure('TARGET_CONFLICT', { type: 'conflict' });
  if (className === 'UserError' || className === 'UserWarning') {
    return failure('TARGET_REFUSED', { type: 'permanent', needsHuman: true }, className);
  }
  // Anything else is an exception inside the server; its text may hold data, so only that it happened is told.
  return failure('TARGET_ERROR', { type: 'retryable', ambiguous: true }, 'an exception inside the server');
}

function partyOf(row: PartyRow, { mapping, gradeIds, holdIds, carriesTerms }: TrytonCompany): Party {
  // Two grades at once are no grade: the text fits none, so that they are replaced.
  const among = (ids: number[]) => row.categories.filter((id) => ids.includes(id)).join(',');
  const grade = among(gradeIds);
  const native = {
    limit: row.credit_limit_amount?.decimal ?? null,
    grade: grade === '' ? null : grade,
    hold: among(holdIds),
    ...(carriesTerms && { term: row.customer_payment_term ?? null }),
  };
  const state = { id: String(row.id), values: mapping.observe(native), token: row._timestamp };
  return { state, categories: row.categories };
}

function fieldsOf(
  wish: Extract<Expressed, { type: 'expressed' }>,
  party: Party,
  { gradeIds, holdIds, carriesTerms }: TrytonCompany,
): Record<string, unknown> {
  const { limit, grade, hold, term } = wish.native;
  const fields: Record<string, unknown> = {
    credit_limit_amount: limit === null || limit === undefined ? null : { __class__: 'Decimal', decimal: limit },
  };
  if (carriesTerms) fields.customer_payment_term = Number(term);
  const wanted = [grade, hold].filter((id) => id !== undefined && id !== null && id !== '').map(Number);
  const ours = [...gradeIds, ...holdIds];
  const remove = party.categories.filter((id) => ours.includes(id) && !wanted.includes(id));
  const add = wanted.filter((id) => !party.categories.includes(id));
  const actions: unknown[] = [];
  if (remove.length > 0) actions.push(['remove', remove]);
  if (add.length > 0) actions.push(['add', add]);
  // Only what differs is sent: categories that are none of ours stay.
  if (actions.length > 0) fields.categories = actions;
  return fields;
}

function checkText(error: unknown): string {
  return error instanceof TrytonError ? `Tryton answered ${error.className}` : errorText(error);
}

function isId(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text);
}

function failed(cause: DeliveryFailure): WriteResult {
  return { type: 'failed', failure: cause };
}
