import type { Instant } from '@syncline/model';
import type { ApiKey } from '../access/api-key';
import type { SealedAuditRow } from '../access/audit-chain';

export interface ApiKeyStore {
  find(id: string): Promise<ApiKey | undefined>;
  list(): Promise<ApiKey[]>;
  add(key: ApiKey): Promise<void>;
  /** Resolves to false when there is no such key in force. */
  revoke(id: string, at: Instant): Promise<boolean>;
  /**
   * Adds `next` and lets the key `id` end at `endsAt` at the latest, together. Resolves to false, and does neither, when
   * that key is not in force at the moment at which `next` was made.
   */
  replace(id: string, endsAt: Instant, next: ApiKey): Promise<boolean>;
}

/** One change that someone made through the API or the command line. */
export interface AuditEntry {
  at: Instant;
  /** `key:<id> <name>` or `cli:<user>`. */
  actor: string;
  role: string;
  /** `POST /customers/merge`. */
  action: string;
  /** What it was done to. */
  subject: string;
  details: ChangeDetails;
  trace: string;
}

/**
 * What was asked for, and what stood there before and stands there after. Without secrets, message bytes, free text
 * that people write, or anything personal.
 */
export type ChangeDetails = Readonly<Record<string, unknown>> & {
  readonly before?: Readonly<Record<string, unknown>> | null;
  readonly after?: Readonly<Record<string, unknown>> | null;
};

export interface AuditLog {
  /** Adds an entry at the end, sealed over the one before it (see audit-chain.ts). Entries are never changed. */
  append(entry: AuditEntry): Promise<void>;
  /** Entries as they stand in the store, in the order of their numbers, above `after`. */
  sealed(after: number, limit: number): Promise<SealedAuditRow[]>;
  /** The newest first, below the given sequence number. */
  page(
    filter: { actor?: string; subject?: string },
    before: number | null,
    limit: number,
  ): Promise<(AuditEntry & { id: number })[]>;
}

export const API_KEY_STORE = Symbol('ApiKeyStore');
export const AUDIT_LOG = Symbol('AuditLog');
