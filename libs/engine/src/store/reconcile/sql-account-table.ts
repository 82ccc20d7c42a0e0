import type { AccountRef, AccountRow, AccountTable, IdentityDecision } from '@syncline/pipeline/reconcile';
import type { SqlTransaction } from '../dialect/sql-dialect';
import type { Row } from '../schema/table';
import { ACCOUNT, ACCOUNT_IDENTITY_KEY, IDENTITY_DECISION } from '../schema/tables';
import { refKey } from './sql-document-table';

type Change = { account: AccountRow; before: AccountRow | undefined };

const BY_IDENTITY_KEY =
  'SELECT t.body FROM {keys} JOIN account_identity_key i ON i.identity_key = k.c0 ' +
  'JOIN account t ON t.system = i.system AND t."key" = i."key"';

/** Accounts, the keys that identify them, and people's decisions on them. */
export class SqlAccountTable implements AccountTable {
  constructor(private readonly tx: SqlTransaction) {}

  load(refs: AccountRef[]): Promise<AccountRow[]> {
    return this.tx.bodies(ACCOUNT, ACCOUNT.key, refs.map(refKey));
  }

  ofCustomers(customerIds: string[]): Promise<AccountRow[]> {
    return this.tx.bodies(
      ACCOUNT,
      ['customer_id'],
      customerIds.map((id) => [id]),
    );
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
  }
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
