import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '@syncline/model';
import { refText } from '../../reconcile/account-ref';
import type { AccountRef, IdentityDecision } from '../../reconcile/reconcile-store.port';
import { CLOCK, instantOf, type Clock } from '../../shared/clock';
import { IDENTITY_DECISIONS, type IdentityDecisions } from '../ports/commands.port';
import { MATCH_QUERIES, type MatchQueries, type MatchTask } from '../ports/match-queries.port';
import { requestError } from '../problem/problem';

export interface AccountPair {
  a: AccountRef;
  b: AccountRef;
}

/** What people do with pairs that wait: decide, or put off, or hand on. */
@Injectable()
export class ReviewMatches {
  constructor(
    @Inject(MATCH_QUERIES) private readonly queries: MatchQueries,
    @Inject(IDENTITY_DECISIONS) private readonly decisions: IdentityDecisions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws SynclineError ACCOUNT_NOT_FOUND, MATCH_DECIDED, BAD_BODY */
  async decide(
    pair: AccountPair,
    verdict: 'same' | 'different',
    reason: string,
    decidedBy: string,
  ): Promise<IdentityDecision> {
    const { a, b } = await this.known(pair);
    const earlier = await this.queries.decisionOn(a, b);
    if (earlier) throw requestError('MATCH_DECIDED', `Decision ${earlier.id} is in force on these accounts.`, 'a, b');
    return this.decisions.add({ verdict, a, b, reason, decidedBy, decidedAt: instantOf(this.clock.now()) });
  }

  /** @throws SynclineError ACCOUNT_NOT_FOUND, BAD_BODY */
  defer(pair: AccountPair, until: Instant, by: string): Promise<{ before: MatchTask | null; after: MatchTask }> {
    return this.note(pair, { deferredUntil: instantOf(Date.parse(until)) }, by);
  }

  /** @param assignee null = nobody @throws SynclineError ACCOUNT_NOT_FOUND, BAD_BODY */
  assign(
    pair: AccountPair,
    assignee: string | null,
    by: string,
  ): Promise<{ before: MatchTask | null; after: MatchTask }> {
    return this.note(pair, { assignee }, by);
  }

  private async note(
    pair: AccountPair,
    change: Partial<Pick<MatchTask, 'assignee' | 'deferredUntil'>>,
    changedBy: string,
  ): Promise<{ before: MatchTask | null; after: MatchTask }> {
    const { a, b } = await this.known(pair);
    const before = await this.queries.task(a, b);
    const kept = { assignee: before?.assignee ?? null, deferredUntil: before?.deferredUntil ?? null };
    const after = { a, b, ...kept, ...change, changedBy, changedAt: instantOf(this.clock.now()) };
    await this.queries.saveTask(after);
    return { before, after };
  }

  /** The pair in the order in which the store names it. */
  private async known({ a, b }: AccountPair): Promise<AccountPair> {
    if (refText(a) === refText(b)) throw requestError('BAD_BODY', 'Two different accounts are asked for.', 'a, b');
    if ((await this.queries.accounts([a, b])).length < 2)
      throw requestError('ACCOUNT_NOT_FOUND', 'One of the two accounts is not known.', 'a, b');
    return refText(a) < refText(b) ? { a, b } : { a: b, b: a };
  }
}
