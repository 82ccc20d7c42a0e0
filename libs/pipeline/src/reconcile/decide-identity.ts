import { SynclineError } from '@syncline/model';
import { refText } from './account-ref';
import { instantOf, type Clock } from '../shared/clock';
import { refoldCustomers } from './refold-customers';
import { savePlaced, type ReconcileRules } from './reconcile-records';
import type { AccountRef, AccountRow, IdentityDecision, ReconcileStore, ReconcileTx } from './reconcile-store.port';

export interface DecisionCommand {
  verdict: 'same' | 'different';
  a: AccountRef;
  b: AccountRef;
  reason: string;
  /** Who decides: the name of the API key. */
  by: string;
}

export interface DecideIdentityParts {
  store: ReconcileStore;
  rules: ReconcileRules;
  clock: Clock;
  newId(): string;
  afterCommit(): void;
}

/**
 * A person's word on two accounts: they are one customer, or they are not. Customers are merged or split at once;
 * revoking the decision gives back what the evidence alone says. Nothing is copied, so nothing is lost either way.
 */
export class DecideIdentity {
  constructor(private readonly parts: DecideIdentityParts) {}

  /** @throws SynclineError ACCOUNT_NOT_FOUND, SAME_ACCOUNT (request) */
  async decide(command: DecisionCommand): Promise<IdentityDecision> {
    if (refText(command.a) === refText(command.b)) throw sameAccount();
    const { verdict, a, b, reason, by } = command;
    const decidedAt = instantOf(this.parts.clock.now());
    const decision: IdentityDecision = {
      id: this.parts.newId(),
      verdict,
      a,
      b,
      reason,
      decidedBy: by,
      decidedAt,
      revokedBy: null,
      revokedAt: null,
    };
    await this.apply(async () => decision);
    return decision;
  }

  /** @throws SynclineError DECISION_NOT_FOUND, DECISION_REVOKED (request) */
  async revoke(id: string, by: string): Promise<IdentityDecision> {
    return this.apply(async (tx) => {
      const decision = await tx.accounts.decision(id);
      if (!decision) throw notFound('DECISION_NOT_FOUND', 'there is no identity decision with this id');
      if (decision.revokedAt !== null) throw revoked();
      return { ...decision, revokedBy: by, revokedAt: instantOf(this.parts.clock.now()) };
    });
  }

  private async apply(make: (tx: ReconcileTx) => Promise<IdentityDecision>): Promise<IdentityDecision> {
    const { store, rules, clock } = this.parts;
    let decision!: IdentityDecision;
    await store.transact(null, async (tx) => {
      decision = await make(tx);
      const rows = await bothAccounts(tx, decision);
      await tx.accounts.saveDecision(decision);
      const touched = new Set<string>();
      const placed = await savePlaced(
        tx,
        await rules.identity.place(rows, new Map(rows.map((row) => [refText(row), row])), tx),
        touched,
      );
      await refoldCustomers(tx, { touched, placed }, rules.survivorship, instantOf(clock.now()));
    });
    this.parts.afterCommit();
    return decision;
  }
}

async function bothAccounts(tx: ReconcileTx, decision: IdentityDecision): Promise<AccountRow[]> {
  const rows = await tx.accounts.load([decision.a, decision.b]);
  if (rows.length < 2) throw notFound('ACCOUNT_NOT_FOUND', 'one of the two accounts is not known');
  return rows;
}

function notFound(code: string, message: string): SynclineError {
  return new SynclineError({ code, kind: 'request', message });
}

function sameAccount(): SynclineError {
  return new SynclineError({
    code: 'SAME_ACCOUNT',
    kind: 'request',
    message: 'a decision needs two different accounts',
  });
}

function revoked(): SynclineError {
  return new SynclineError({ code: 'DECISION_REVOKED', kind: 'request', message: 'this decision was revoked before' });
}
