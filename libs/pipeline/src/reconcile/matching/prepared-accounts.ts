import { createHash } from 'node:crypto';
import type { ComparableRecord, MatchingModel, PreparedRecord } from '@syncline/identity';
import type { AccountRow } from '../reconcile-store.port';
import { matchRecordOf } from './match-record';

const DIGEST_LENGTH = 22;

export interface PreparedAccount {
  record: PreparedRecord;
  /** Digests of its blocking keys: keys hold names and numbers, and may be long. */
  readonly blocks: readonly string[];
}

/**
 * Turns accounts into what the model compares. A row is prepared once: nobody changes one, and the store gives the same
 * row again as long as it remembers it.
 */
export class PreparedAccounts {
  private readonly prepared = new WeakMap<AccountRow, PreparedAccount>();

  constructor(private readonly model: MatchingModel | null) {}

  /** null: the account takes no part, or nothing is matched at all. */
  of(account: AccountRow): PreparedAccount | null {
    const found = this.prepared.get(account);
    if (found) return found;
    const record = this.model && matchRecordOf(account);
    if (!record) return null;
    const prepared = this.model!.prepare(record);
    let blocks: readonly string[] | null = null;
    const made: PreparedAccount = {
      record: prepared,
      get blocks() {
        return (blocks ??= prepared.blockingKeys.map(digest));
      },
    };
    this.prepared.set(account, made);
    return made;
  }
}

/** What is kept of an account for those that meet it. */
export function preparedText({ record: { blockingKeys: _, ...comparable } }: PreparedAccount): string {
  return JSON.stringify(comparable);
}

export function preparedFrom(text: string): ComparableRecord {
  return JSON.parse(text) as ComparableRecord;
}

/** What the model sees of an account, as text; null = it takes no part. */
export function matchContent(account: AccountRow): string | null {
  const record = matchRecordOf(account);
  return record && JSON.stringify(record);
}

function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, DIGEST_LENGTH);
}
