import type { Decimal, Hold } from '@syncline/model';
import type { DeliveryFailure } from './delivery-failure';

/** The parts of a rating that a target can have; the names used in observations, audits and configuration. */
export const CREDIT_FIELDS = ['grade', 'term_days', 'limit', 'hold', 'currency'] as const;
export type CreditField = (typeof CREDIT_FIELDS)[number];

/**
 * What a target holds, as canonical text: limit null = unlimited and '0' = cash only, term_days whole days, hold one
 * of none, new_orders, all. A field that the target doesn't have is absent.
 */
export type CreditValues = Partial<Record<CreditField, string | null>>;

export interface AccountReference {
  /** Key of the account in the target's system, as its mapping makes it. */
  accountKey: string;
  /** The code that people of that system use. */
  accountCode: string | null;
}

/** Whom a reference means in the target. `id` is the adapter's own name of it. */
export type Resolution = { type: 'found'; id: string } | { type: 'missing' } | { type: 'duplicate' };

/** What is there now. `token` is the target's own version of it (timestamp, etag), for optimistic locking. */
export interface AccountState {
  id: string;
  values: CreditValues;
  token?: string;
}

export interface CreditCommand extends AccountReference {
  /** What `resolve` gave. */
  id: string;
  /** Version of the rating. */
  version: number;
  grade: string;
  termDays: number;
  /** null = unlimited, '0' = cash only. */
  limit: Decimal | null;
  currency: string;
  hold: Hold;
  /** Compare-and-set: write only while the target still holds this. */
  expected?: AccountState;
  /** The same for every repetition of the same write over the same state; '' where nothing is written. */
  idempotencyKey: string;
}

/** What a write would do; `refusal` when the target can't express the command. */
export interface PlannedWrite {
  before: AccountState | null;
  /** Empty = the target is as desired already. */
  changes: { field: CreditField; from: string | null; to: string | null }[];
  /** Fields that the target will hold only approximately. */
  lossy: CreditField[];
  refusal?: DeliveryFailure;
}

export type WriteResult =
  /** `verified`: read back after the write, apart from the writing, and equal. */
  | { type: 'applied'; observed: CreditValues; verified: boolean; lossy?: CreditField[] }
  /** It was so before; `observed` was read. */
  | { type: 'unchanged'; observed: CreditValues }
  | { type: 'accepted'; jobRef: string }
  | { type: 'failed'; failure: DeliveryFailure };

export interface CheckFinding {
  /** What was checked: connection, login, company, permission, schema. */
  name: string;
  ok: boolean;
  message: string;
  advice?: string;
}

export interface FieldCapability {
  read: boolean;
  write: boolean;
  /** What gets lost, where something does. */
  lossy?: string;
  /** Digits after the decimal point that it holds. */
  scale?: number;
  values?: readonly string[];
}

export interface AdapterCapabilities {
  fields: Partial<Record<CreditField, FieldCapability>>;
  maxBatch: number;
  /** What fails together. */
  atomicity: 'none' | 'item' | 'batch';
  concurrency: 'etag' | 'timestamp' | 'version' | 'compare_and_set' | 'none';
  idempotency: 'header' | 'upsert_key' | 'natural' | 'none';
  readBack: 'same_response' | 'read' | 'none';
  dryRun: 'native' | 'simulated' | 'none';
  delivery: 'sync' | 'async';
  defaultRatePerSecond: number;
  /** How our own write is recognised in the system's change events. */
  echo: 'user' | 'column' | 'none';
}

/**
 * One logged-in conversation with one target. `resolve`, `read` and `plan` throw TargetFailure; `write` answers with
 * one result for each command, in order, and never throws for what the target says. All honour the signal.
 */
export interface AdapterSession {
  /** As configured, never more than the manifest's. */
  readonly capabilities: AdapterCapabilities;
  /** Proves connection, login, company and rights; findings, not exceptions. */
  check(signal: AbortSignal): Promise<CheckFinding[]>;
  resolve(references: AccountReference[], signal: AbortSignal): Promise<Resolution[]>;
  /** null where there is no such account. */
  read(ids: string[], signal: AbortSignal): Promise<(AccountState | null)[]>;
  /** Reads and compares; writes nothing. */
  plan(commands: CreditCommand[], signal: AbortSignal): Promise<PlannedWrite[]>;
  write(commands: CreditCommand[], signal: AbortSignal): Promise<WriteResult[]>;
  /** Asynchronous targets only: what became of an accepted write. */
  poll?(jobRef: string, signal: AbortSignal): Promise<WriteResult>;
  /** Whether a changed row of the target's change events carries our echo marker. */
  ownWrite(row: Record<string, unknown>): boolean;
  close(): Promise<void>;
}

/** Resolves `${env:NAME}` and `${file:…}`; other text is its own value. The result is never logged or shown. */
export interface SecretSource {
  resolve(reference: string): Promise<string>;
}

/** All that an adapter may use of the world. */
export interface AdapterContext {
  target: string;
  fetch: typeof fetch;
  secrets: SecretSource;
  clock: { now(): number };
  log: AdapterLog;
}

/** Codes and counts only: nothing personal, no secret, no payload. */
export interface AdapterLog {
  warn(message: string, details?: Record<string, string | number>): void;
  debug(message: string, details?: Record<string, string | number>): void;
}

export interface AdapterManifest {
  id: string;
  version: string;
  title: string;
  /** JSON Schema of `config`; secrets are marked `writeOnly`. */
  configSchema: Record<string, unknown>;
  capabilities: AdapterCapabilities;
}

export interface Adapter {
  readonly manifest: AdapterManifest;
  /**
   * Checks the configuration and prepares a session; connects at the first use.
   * @throws SynclineError TARGET_CONFIG_INVALID naming the field
   */
  open(config: Record<string, unknown>, context: AdapterContext): Promise<AdapterSession>;
}
