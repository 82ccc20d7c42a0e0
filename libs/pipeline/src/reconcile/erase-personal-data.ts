import { RECORD_CATALOGUE, RECORD_KINDS, type RecordKind } from '@syncline/model';
import { pairText, refOf, refText } from './account-ref';
import { instantOf, type Clock } from '../shared/clock';
import { joinAccounts } from './join-accounts';
import { refoldCustomers } from './refold-customers';
import { savePlaced, type ReconcileRules } from './reconcile-records';
import type { AccountRow, ReconcileStore, ReconcileTx, StoredRecord } from './reconcile-store.port';

export interface ErasureCommand {
  customerId: string;
  reason: string;
  /** Who asks: the name of the API key. */
  by: string;
}

export interface ErasureOutcome {
  accounts: number;
  /** Records in which something personal stood. */
  records: number;
  /** Values that are gone. */
  values: number;
}

export interface ErasePersonalDataParts {
  store: ReconcileStore;
  rules: ReconcileRules;
  clock: Pick<Clock, 'now'>;
  newId(): string;
  afterCommit(): void;
}

/** Kinds with something personal that refer to an account. */
const SATELLITES: RecordKind[] = RECORD_KINDS.filter(
  (kind) => personalFields(kind).length > 0 && RECORD_CATALOGUE[kind].references['account']?.to === 'account',
);

/**
 * Takes everything out of a customer that the catalogue calls personal, and keeps what is owed and ordered. Values become
 * null under the version that they came with: older messages that come again bring nothing back, and what the source
 * sends from now on counts as ever. Accounts that an erased number held together stay together by a decision.
 */
export class ErasePersonalData {
  constructor(private readonly parts: ErasePersonalDataParts) {}

  /** Nobody is known by this id: nothing is done, and all counts are 0. */
  async erase(command: ErasureCommand): Promise<ErasureOutcome> {
    let outcome: ErasureOutcome = { accounts: 0, records: 0, values: 0 };
    await this.parts.store.transact(null, async (tx) => {
      outcome = await this.eraseIn(tx, command);
    });
    this.parts.afterCommit();
    return outcome;
  }

  private async eraseIn(tx: ReconcileTx, command: ErasureCommand): Promise<ErasureOutcome> {
    const accounts = await tx.accounts.ofCustomers([command.customerId]);
    const ids = accounts.map(({ system, key }) => ({ system, kind: 'account' as const, key }));
    const records = [...(await tx.records.load(ids)), ...(await tx.records.referrers(ids, SATELLITES))];
    const erased = records.map((before) => ({ before, ...withoutPersonal(before) })).filter(({ values }) => values > 0);
    if (erased.length === 0) return { accounts: accounts.length, records: 0, values: 0 };
    await tx.records.save(erased.map(({ before, record }) => ({ before, record })));
    await this.holdTogether(tx, accounts, command);
    await this.rejoin(tx, accounts);
    const values = erased.reduce((sum, each) => sum + each.values, 0);
    return { accounts: accounts.length, records: erased.length, values };
  }

  /** What united the accounts may be among what is erased, and their orders and items belong to one customer. */
  private async holdTogether(tx: ReconcileTx, accounts: readonly AccountRow[], command: ErasureCommand): Promise<void> {
    const [first, ...others] = [...accounts].sort((a, b) => (refText(a) < refText(b) ? -1 : 1));
    const decided = new Set((await tx.accounts.decisions(accounts.map(refOf))).map(({ a, b }) => pairText(a, b)));
    for (const other of others) {
      if (decided.has(pairText(first!, other)) || decided.has(pairText(other, first!))) continue;
      await tx.accounts.saveDecision({
        id: this.parts.newId(),
        verdict: 'same',
        a: refOf(first!),
        b: refOf(other),
        reason: command.reason,
        decidedBy: command.by,
        decidedAt: instantOf(this.parts.clock.now()),
        revokedBy: null,
        revokedAt: null,
      });
    }
  }

  private async rejoin(tx: ReconcileTx, accounts: readonly AccountRow[]): Promise<void> {
    const { rules, clock } = this.parts;
    const keys = new Map<string, Set<string>>();
    for (const { system, key } of accounts) keys.set(system, (keys.get(system) ?? new Set()).add(key));
    const joined = await joinAccounts(keys, tx.records, rules.crossReferences);
    const before = new Map(accounts.map((row) => [refText(row), row]));
    const touched = new Set<string>();
    const placed = await savePlaced(tx, await rules.identity.place(joined, before, tx), touched);
    await refoldCustomers(tx, { touched, placed }, rules.survivorship, instantOf(clock.now()));
  }
}

function personalFields(kind: RecordKind): string[] {
  return Object.entries(RECORD_CATALOGUE[kind].fields).flatMap(([name, { personal }]) => (personal ? [name] : []));
}

function withoutPersonal(before: StoredRecord): { record: StoredRecord; values: number } {
  const gone = personalFields(before.kind).filter((name) => (before.fields[name] ?? null) !== null);
  const fields = { ...before.fields, ...Object.fromEntries(gone.map((name) => [name, null])) };
  return { record: { ...before, fields }, values: gone.length };
}
