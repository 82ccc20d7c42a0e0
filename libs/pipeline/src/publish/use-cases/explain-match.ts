import { Inject, Injectable, Optional } from '@nestjs/common';
import type { MatchingModel, MatchRecord, PairEvidence, PartyKind } from '@syncline/identity';
import { matchRecordOf } from '../../reconcile/matching/match-record';
import type { AccountRef, AccountRow, IdentityDecision } from '../../reconcile/reconcile-store.port';
import { MATCH_QUERIES, MATCHING_MODEL, type MatchQueries } from '../ports/match-queries.port';
import { requestError } from '../problem/problem';

/** All that bears on whether two accounts are one customer. */
export interface MatchExplanation {
  a: AccountRow;
  b: AccountRow;
  /** What the model sees of each; null = the account takes no part in matching. */
  records: { a: MatchRecord | null; b: MatchRecord | null };
  /** null: nothing is matched by similarity, or one of the accounts takes no part. */
  evidence: PairEvidence | null;
  thresholds: { match: number; review: number } | null;
  /** Names of the blocking rules by which the two meet; none = they are never compared. */
  meetBy: string[];
  /** Identity keys that both carry. */
  sharedKeys: string[];
  decision: IdentityDecision | null;
  isSameCustomer: boolean;
}

/** Compares two accounts anew, as the installation is configured now. */
@Injectable()
export class ExplainMatch {
  constructor(
    @Inject(MATCH_QUERIES) private readonly queries: MatchQueries,
    @Optional() @Inject(MATCHING_MODEL) private readonly model: MatchingModel | null,
  ) {}

  /** @throws SynclineError ACCOUNT_NOT_FOUND, BAD_QUERY */
  async explain(first: AccountRef, second: AccountRef): Promise<MatchExplanation> {
    if (first.system === second.system && first.key === second.key)
      throw requestError('BAD_QUERY', 'Two different accounts are asked for.', 'a, b');
    const accounts = await this.queries.accounts([first, second]);
    const find = ({ system, key }: AccountRef, field: string): AccountRow => {
      const found = accounts.find((account) => account.system === system && account.key === key);
      if (!found) throw requestError('ACCOUNT_NOT_FOUND', 'There is no such account.', field);
      return found;
    };
    const [a, b] = [find(first, 'a'), find(second, 'b')];
    return { ...this.compare(a, b), decision: await this.queries.decisionOn(first, second) };
  }

  /** Without what people decided. */
  compare(a: AccountRow, b: AccountRow): Omit<MatchExplanation, 'decision'> {
    const records = { a: matchRecordOf(a), b: matchRecordOf(b) };
    const sharedKeys = a.identityKeys.filter((key) => b.identityKeys.includes(key));
    const common = { a, b, records, sharedKeys, isSameCustomer: a.customerId === b.customerId };
    if (!this.model || !records.a || !records.b) return { ...common, evidence: null, thresholds: null, meetBy: [] };
    const [one, two] = [this.model.prepare(records.a), this.model.prepare(records.b)];
    const keys = new Set(two.blockingKeys);
    const meetBy = one.blockingKeys.filter((key) => keys.has(key)).map((key) => key.slice(0, key.indexOf(':')));
    const kind: PartyKind = records.a.kind;
    return {
      ...common,
      evidence: this.model.compare(one, two),
      thresholds: this.model.thresholds[kind],
      meetBy: [...new Set(meetBy)].sort(),
    };
  }
}
