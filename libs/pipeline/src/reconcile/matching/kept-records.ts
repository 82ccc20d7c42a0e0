import type { ComparableRecord } from '@syncline/identity';
import { refOf, refText } from '../account-ref';
import type { AccountRef, AccountRow, ReconcileTx } from '../reconcile-store.port';
import { preparedFrom, preparedText, type PreparedAccount, type PreparedAccounts } from './prepared-accounts';

type MatchTx = Pick<ReconcileTx, 'accounts' | 'matches'>;

/**
 * Accounts as the model compares them, kept in the store: whoever meets an account reads what was worked out when it
 * was matched. Those that were matched before anything was kept are worked out once more.
 */
export class KeptRecords {
  constructor(
    private readonly fingerprint: string,
    private readonly prepared: PreparedAccounts,
  ) {}

  /** Keeps accounts as they look now; those that take no part are not kept. */
  async save(
    accounts: readonly AccountRow[],
    prepared: (ref: string) => PreparedAccount | null,
    tx: MatchTx,
  ): Promise<void> {
    const looks = accounts.map((account) => ({ account: refOf(account), record: prepared(refText(account)) }));
    const kept = looks.flatMap(({ account, record }) => (record ? [{ account, body: preparedText(record) }] : []));
    await tx.matches.savePrepared(this.fingerprint, kept);
    await tx.matches.removePrepared(looks.filter(({ record }) => !record).map(({ account }) => account));
  }

  /** What these accounts look like, by their ref; those that take no part are left out. */
  async load(refs: readonly AccountRef[], tx: MatchTx): Promise<Map<string, ComparableRecord>> {
    const wanted = new Map(refs.map((ref) => [refText(ref), ref]));
    const records = new Map<string, ComparableRecord>();
    for (const { account, body } of await tx.matches.prepared(this.fingerprint, [...wanted.values()])) {
      records.set(refText(account), preparedFrom(body));
      wanted.delete(refText(account));
    }
    if (wanted.size > 0) await this.prepare([...wanted.values()], records, tx);
    return records;
  }

  private async prepare(refs: AccountRef[], records: Map<string, ComparableRecord>, tx: MatchTx): Promise<void> {
    const accounts = await tx.accounts.load(refs);
    const prepared = new Map(accounts.map((account) => [refText(account), this.prepared.of(account)]));
    for (const [ref, look] of prepared) if (look) records.set(ref, look.record);
    await this.save(accounts, (ref) => prepared.get(ref)!, tx);
  }
}
