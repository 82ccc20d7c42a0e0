import type { CreditPolicy } from '@syncline/credit';
import type { Instant, LocalDate, SourceRecord } from '@syncline/model';
import type { PolicyDiff } from '../../rate/diff-policies';
import type { ErasureCommand, ErasureOutcome } from '../../reconcile/erase-personal-data';
import type { AccountRef, IdentityDecision } from '../../reconcile/reconcile-store.port';

/** A person's decisions on identity; reconcile carries them out. */
export interface IdentityDecisions {
  add(decision: {
    verdict: 'same' | 'different';
    a: AccountRef;
    b: AccountRef;
    reason: string;
    decidedBy: string;
    decidedAt: Instant;
  }): Promise<IdentityDecision>;
  /** Takes a decision back. Resolves to undefined when none in force has this id. */
  revoke(id: string, by: string, at: Instant): Promise<IdentityDecision | undefined>;
  /** Decisions, the newest first, revoked ones too. */
  list(limit: number): Promise<IdentityDecision[]>;
}

/** Takes out of a customer what is personal; reconcile carries it out. */
export interface PersonalDataErasure {
  erase(command: ErasureCommand): Promise<ErasureOutcome>;
}

export interface IngestCounts {
  accepted: number;
  ignored: number;
  failed: number;
}

/**
 * The front door of ingest.
 * @throws SynclineError SYSTEM_NOT_FOUND, INGEST_BEHIND
 */
export interface IngestFrontDoor {
  accept(system: string, events: readonly Buffer[]): Promise<IngestCounts>;
}

/** One message that a replay brings, or would bring, back. */
export interface ReplayOutcome {
  id: string;
  /** `replayed`, `would_succeed`, `would_fail`, `skipped`. */
  outcome: string;
  /** Of a dry run: what the present mapping makes of it. */
  records?: number;
  /** Those records: business data, for operators alone. */
  preview?: SourceRecord[];
  code?: string;
  message?: string;
}

export interface DeadLetterReplay {
  /** By ids, or all open ones of a parking key in their order. A dry run changes nothing. */
  replay(request: { ids?: string[]; parkingKey?: string; dryRun: boolean; at: Instant }): Promise<ReplayOutcome[]>;
  /** Gives the messages up; their keys are free again. Resolves to the ids that were open. */
  discard(ids: string[], at: Instant): Promise<string[]>;
}

export interface DeliveryRetry {
  /** Makes deliveries due at once. Resolves to how many there were. */
  retry(keys: { target: string; accountKey: string }[], at: Instant): Promise<number>;
}

/** Who would move by a policy; nothing is written. */
export interface PolicyDiffs {
  diff(from: CreditPolicy, to: CreditPolicy, asOf: LocalDate, mostMoves: number): Promise<PolicyDiff>;
}

export const POLICY_DIFFS = Symbol('PolicyDiffs');
export const IDENTITY_DECISIONS = Symbol('IdentityDecisions');
export const PERSONAL_DATA_ERASURE = Symbol('PersonalDataErasure');
export const INGEST_FRONT_DOOR = Symbol('IngestFrontDoor');
export const DEAD_LETTER_REPLAY = Symbol('DeadLetterReplay');
export const DELIVERY_RETRY = Symbol('DeliveryRetry');
