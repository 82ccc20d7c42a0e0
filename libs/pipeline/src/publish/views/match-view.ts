import { probabilityOf, type MatchRecord, type PairEvidence } from '@syncline/identity';
import type { AccountRow } from '../../reconcile/reconcile-store.port';
import type { WaitingMatch } from '../ports/match-queries.port';
import type { MatchExplanation } from '../use-cases/explain-match';

type Compared = Pick<MatchExplanation, 'records' | 'evidence' | 'thresholds' | 'meetBy'>;

/** A pair of the queue: both records side by side, and what speaks for and against. */
export function waitingMatchView({ a, b, weight, task }: WaitingMatch, compared: Compared) {
  return {
    a: side(a, compared.records.a),
    b: side(b, compared.records.b),
    weight,
    probability: probabilityOf(weight),
    assignee: task?.assignee ?? null,
    deferred_until: task?.deferredUntil ?? null,
    ...evidenceView(compared),
  };
}

export function matchExplanationView(explanation: MatchExplanation) {
  const { a, b, records, evidence, decision, sharedKeys, isSameCustomer } = explanation;
  return {
    a: side(a, records.a),
    b: side(b, records.b),
    same_customer: isSameCustomer,
    decision: decision && { id: decision.id, verdict: decision.verdict, decided_by: decision.decidedBy },
    shared_identifiers: sharedKeys,
    verdict: evidence?.verdict ?? null,
    weight: evidence?.weight ?? null,
    probability: evidence?.probability ?? null,
    ...evidenceView(explanation),
  };
}

function evidenceView({ evidence, thresholds, meetBy }: Compared) {
  return {
    veto: evidence?.veto ?? null,
    thresholds,
    meet_by: meetBy,
    comparisons: (evidence?.comparisons ?? []).map(comparisonView),
  };
}

function comparisonView({ comparison, level, weight, left, right }: PairEvidence['comparisons'][number]) {
  return { comparison, level, weight, left, right };
}

function side({ system, key, customerId, link, profile }: AccountRow, record: MatchRecord | null) {
  return {
    system,
    key,
    customer_id: customerId,
    link,
    code: profile.code,
    name: profile.name,
    active: profile.active,
    attributes: record?.attributes ?? {},
  };
}
