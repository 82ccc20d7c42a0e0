import { createHash } from 'node:crypto';
import type { MatchingModel, PreparedRecord } from '@syncline/identity';
import { LRUCache } from 'lru-cache';
import type { AccountRow } from '../reconcile-store.port';
import { matchRecordOf } from './match-record';

/** Accounts that lately met others, ready to be compared; what is compared often is prepared once. */
const REMEMBERED = 1_000;
const DIGEST_LENGTH = 22;

export interface PreparedAccount {
  /** What the model sees of the account, as text: the same text is the same record. */
  content: string;
  record: PreparedRecord;
  /** Digests of its blocking keys: keys hold names and numbers, and may be long. */
  readonly blocks: readonly string[];
}

/** Turns accounts into what the model compares. */
export class PreparedAccounts {
  private readonly remembered = new LRUCache<string, PreparedAccount>({ max: REMEMBERED });

  constructor(private readonly model: MatchingModel | null) {}

  /** null: the account takes no part, or nothing is matched at all. */
  of(account: AccountRow): PreparedAccount | null {
    const record = this.model && matchRecordOf(account);
    if (!record) return null;
    const content = JSON.stringify(record);
    const found = this.remembered.get(record.ref);
    if (found?.content === content) return found;
    const prepared = this.model!.prepare(record);
    let blocks: readonly string[] | null = null;
    const made: PreparedAccount = {
      content,
      record: prepared,
      get blocks() {
        return (blocks ??= prepared.blockingKeys.map(digest));
      },
    };
    this.remembered.set(record.ref, made);
    return made;
  }
}

/** What the model sees of an account, as text; null = it takes no part. */
export function matchContent(account: AccountRow): string | null {
  const record = matchRecordOf(account);
  return record && JSON.stringify(record);
}

function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, DIGEST_LENGTH);
}
