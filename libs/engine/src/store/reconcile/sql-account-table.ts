import {
  refText,
  type AccountRef,
  type AccountRow,
  type AccountTable,
  type IdentityDecision,
} from '@syncline/pipeline/reconcile';
import type { SqlTransaction } from '../dialect/sql-dialect';
import type { Row } from '../schema/table';
import { ACCOUNT, ACCOUNT_IDENTITY_KEY, IDENTITY_DECISION } from '../schema/tables';
import type { ReconcileCache } from './reconcile-cache';
import { refKey } from './sql-document-table';

type Change = { account: AccountRow; before: AccountRow | undefined };

const BY_IDENTITY_KEY =
  'SELECT t.body FROM {keys} JOIN account_identity_key i ON i.identity_key = k.c0 ' +
  'JOIN account t ON t.system = i.system AND t."key" = i."key"';

/** Accounts, the keys that identify them, and people's decisions on them. */
export class SqlAccountTable implements AccountTable {
  /** @param cache absent = everything is read from the database */
  constructor(
    private readonly tx: SqlTransaction,
    private readonly cache?: Pick<ReconcileCache, 'accounts' | 'accountsOf'>,
  ) {}

  load(refs: AccountRef[]): Promise<AccountRow[]> {
    const read = (some: AccountRef[]) => this.tx.bodies<AccountRow>(ACCOUNT, ACCOUNT.key, some.map(refKey));
    return this.cache ? this.cache.accounts.through(refs, refText, refText, read) : read(refs);
  }

  async ofCustomers(customerIds: string[]): Promise<AccountRow[]> {
    const read = (some: string[]) =>
      this.tx.bodies<AccountRow>(
        ACCOUNT,
        ['customer_id'],
        some.map((id) => [id]),
      );
    if (!this.cache) return read(customerIds);
    const itself = (id: string) => id;
    const customerOf = ([first]: AccountRow[]) => first!.customerId;
    const readLists = async (some: string[]) => byCustomer(await read(some));
    const lists = await this.cache.accountsOf.through(customerIds, itself, customerOf, readLists);
    return lists.flat();
  }

  async withIdentityKeys(keys: string[]): Promise<AccountRow[]> {
    const rows = await this.tx.queryByKeys<{ body: string }>(
      BY_IDENTITY_KEY,
      keys.map((key) => [key]),
    );
    const accounts = rows.map(({ body }) => JSON.parse(body) as AccountRow);
    return [...new Map(accounts.map((account) => [`${account.system}\0${account.key}`, account])).values()];
  }

  mergedInto(refs: AccountRef[]): Promise<AccountRow[]> {
    return this.tx.bodies(ACCOUNT, ['system', 'merged_into'], refs.map(refKey));
  }

  async decisions(refs: AccountRef[]): Promise<IdentityDecision[]> {
    const keys = refs.map(refKey);
    const inForce = 't.is_revoked = 0';
    const a = await this.tx.bodies<IdentityDecision>(IDENTITY_DECISION, ['a_system', 'a_key'], keys, inForce);
    const b = await this.tx.bodies<IdentityDecision>(IDENTITY_DECISION, ['b_system', 'b_key'], keys, inForce);
    return [...new Map([...a, ...b].map((decision) => [decision.id, decision])).values()];
  }

  async decision(id: string): Promise<IdentityDecision | undefined> {
    const [found] = await this.tx.bodies<IdentityDecision>(IDENTITY_DECISION, ['id'], [[id]]);
    return found;
  }

  saveDecision(decision: IdentityDecision): Promise<void> {
    return this.tx.upsert(IDENTITY_DECISION, [decisionRow(decision)]);
  }

  async save(rows: Change[]): Promise<void> {
    if (rows.length === 0) return;
    await this.tx.upsert(ACCOUNT, rows.map(accountRow));
    const { added, gone } = changedIdentityKeys(rows);
    if (gone.length > 0)
      await this.tx.deleteByKeys(ACCOUNT_IDENTITY_KEY, ACCOUNT_IDENTITY_KEY.key, gone.map(identityKey));
    if (added.length > 0) await this.tx.upsert(ACCOUNT_IDENTITY_KEY, added);
    for (const { account, before } of rows) {
      this.cache?.accounts.write(refText(account), account);
      for (const id of [account.customerId, before?.customerId]) if (id) this.cache?.accountsOf.write(id, null);
    }
  }
}

function byCustomer(accounts: AccountRow[]): AccountRow[][] {
  const lists = new Map<string, AccountRow[]>();
  for (const account of accounts) {
    const list = lists.get(account.customerId);
    if (list) list.push(account);
    else lists.set(account.customerId, [account]);
  }
  return [...lists.values()];
}

function accountRow({ account }: Change): Row {
  const { system, key, customerId, birthId, isCustomer, profile } = account;
  return {
    system,
    key,
    customer_id: customerId,
    birth_id: birthId,
    is_customer: isCustomer,
    code: profile.code,
    name: profile.name,
    is_live: profile.active && !profile.deleted && profile.mergedInto === null,
    merged_into: profile.mergedInto,
    parent_key: profile.parent ?? null,
    body: account,
  };
}

function decisionRow(decision: IdentityDecision): Row {
  return {
    id: decision.id,
    a_system: decision.a.system,
    a_key: decision.a.key,
    b_system: decision.b.system,
    b_key: decision.b.key,
    verdict: decision.verdict,
    is_revoked: decision.revokedAt !== null,
    decided_at: decision.decidedAt,
    body: decision,
  };
}

function changedIdentityKeys(rows: readonly Change[]): { added: Row[]; gone: Row[] } {
  const added: Row[] = [];
  const gone: Row[] = [];
  for (const { account, before } of rows) {
    const { system, key } = account;
    const now = new Set(account.identityKeys);
    const then = new Set(before?.identityKeys ?? []);
    for (const name of now) if (!then.has(name)) added.push({ identity_key: name, system, key });
    for (const name of then) if (!now.has(name)) gone.push({ identity_key: name, system, key });
  }
  return { added, gone };
}

function identityKey(row: Row): string[] {
  return ACCOUNT_IDENTITY_KEY.key.map((column) => row[column] as string);
}
