import { createHash } from 'node:crypto';
import type { CreditRating } from '@syncline/model';
import type {
  AccountState,
  AdapterSession,
  CreditCommand,
  CreditValues,
  PlannedWrite,
  WriteResult,
} from './adapter.port';
import type { DeliveryFailure } from './delivery-failure';
import type { Delivery } from './delivery-store.port';
import { failureOf, failureOfError, unresolved } from './host-failures';

export interface ClaimedDelivery {
  delivery: Delivery;
  rating: CreditRating;
}

/** What became of one claimed delivery in one attempt. */
export interface Attempted extends ClaimedDelivery {
  before: CreditValues | null;
  after: CreditValues | null;
  /** Absent = confirmed: what the target holds was read and is as desired. */
  failure?: DeliveryFailure;
  /** Whether a write was needed. */
  wrote: boolean;
}

/** One call to the adapter, bounded in time; rejects with TimeIsUp. */
export type Bounded = <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T>;

interface Step extends Attempted {
  command: CreditCommand;
}

/**
 * Those of the deliveries that may be written: the lease is still ours. Asked just before each write, since another
 * process with a clock that is ahead may have taken them over, and may have written a newer rating.
 */
export type Fence = <T extends ClaimedDelivery>(items: T[]) => Promise<T[]>;

/** How often a conflict is met with a fresh read inside one attempt. */
const ROUNDS = 3;

/**
 * Brings the accounts of one batch to their ratings: look up, read and compare, write against what was read, read
 * back. Reading comes first in every attempt, so a write that happened though its answer was lost is found, not
 * repeated. Never rejects for what the target does; rejects when `bounded` is aborted from outside, or `fence` does.
 * What the fence holds back is left out of the result: it is another worker's now.
 */
export async function attemptBatch(
  session: AdapterSession,
  claimed: ClaimedDelivery[],
  bounded: Bounded,
  fence: Fence,
): Promise<Attempted[]> {
  const { steps, done } = await lookUp(session, claimed, bounded);
  let open = steps;
  for (let round = 0; round < ROUNDS && open.length > 0; round++)
    open = await settle(session, open, done, bounded, fence);
  for (const step of open) done.push({ ...step, failure: failureOf('TARGET_CHANGED_MEANWHILE', { type: 'conflict' }) });
  return done.map(({ delivery, rating, before, after, failure, wrote }) => ({
    delivery,
    rating,
    before,
    after,
    failure,
    wrote,
  }));
}

async function lookUp(
  session: AdapterSession,
  claimed: ClaimedDelivery[],
  bounded: Bounded,
): Promise<{ steps: Step[]; done: Attempted[] }> {
  const fresh = claimed.map((item) => ({ ...item, before: null, after: null, wrote: false }));
  const references = claimed.map(({ delivery }) => ({
    accountKey: delivery.accountKey,
    accountCode: delivery.accountCode,
  }));
  const found = await attempt(() => bounded((signal) => session.resolve(references, signal)));
  if ('failure' in found) return { steps: [], done: fresh.map((item) => ({ ...item, failure: found.failure })) };
  const steps: Step[] = [];
  const done: Attempted[] = [];
  fresh.forEach((item, index) => {
    const resolution = found.value[index];
    if (resolution?.type === 'found') steps.push({ ...item, command: commandOf(item, resolution.id) });
    else done.push({ ...item, failure: unresolved(resolution?.type === 'duplicate') });
  });
  return { steps, done };
}

/** Plans and writes once; what is settled goes to `done`, what met a conflict comes back. */
async function settle(
  session: AdapterSession,
  steps: Step[],
  done: Attempted[],
  bounded: Bounded,
  fence: Fence,
): Promise<Step[]> {
  const changing = await planned(session, steps, done, bounded);
  const toWrite = changing.length === 0 ? [] : await fence(changing);
  if (toWrite.length === 0) return [];
  const results = await written(session, toWrite, bounded);
  const conflicts: Step[] = [];
  const unproven: Step[] = [];
  toWrite.forEach((step, index) => {
    const result = results[index] ?? failed(failureOf('TARGET_UNEXPECTED', { type: 'retryable', ambiguous: true }));
    if (result.type === 'failed' && result.failure.type === 'conflict') conflicts.push(step);
    else if (result.type === 'failed') done.push({ ...step, failure: result.failure });
    else if (result.type === 'unchanged') done.push({ ...step, wrote: false, after: result.observed });
    else if (result.type === 'applied' && result.verified) done.push({ ...step, after: result.observed });
    else unproven.push(step);
  });
  await prove(session, unproven, done, bounded);
  return conflicts;
}

async function planned(session: AdapterSession, steps: Step[], done: Attempted[], bounded: Bounded): Promise<Step[]> {
  const plans = await attempt(() =>
    bounded((signal) =>
      session.plan(
        steps.map(({ command }) => ({ ...command, expected: undefined })),
        signal,
      ),
    ),
  );
  if ('failure' in plans) {
    for (const step of steps) done.push({ ...step, failure: plans.failure });
    return [];
  }
  return steps.flatMap((step, index) => toStep(step, plans.value[index], done));
}

function toStep(step: Step, plan: PlannedWrite | undefined, done: Attempted[]): Step[] {
  const before = step.wrote ? step.before : (plan?.before?.values ?? null);
  const failure = plan ? plan.refusal : failureOf('TARGET_UNEXPECTED', { type: 'retryable' });
  if (failure || !plan) {
    done.push({ ...step, before, failure });
    return [];
  }
  if (!plan.before) {
    done.push({ ...step, before, failure: unresolved(false) });
    return [];
  }
  if (plan.changes.length === 0) {
    done.push({ ...step, before, after: plan.before.values });
    return [];
  }
  const command = { ...step.command, expected: plan.before, idempotencyKey: idempotencyKey(step, plan.before) };
  return [{ ...step, before, wrote: true, command }];
}

/**
 * Names one write: this rating over what was read, since the account was last confirmed. A target that keeps keys must
 * not take an account's next customer, or the same rating after somebody changed it by hand, for a repetition.
 */
function idempotencyKey({ delivery, rating }: ClaimedDelivery, { token, values }: AccountState): string {
  const { target, accountKey, customerId, confirmedAt } = delivery;
  const named = [
    target,
    accountKey,
    customerId,
    rating.version,
    confirmedAt,
    token ?? null,
    Object.entries(values).sort(),
  ];
  return createHash('sha256').update(JSON.stringify(named)).digest('base64url');
}

async function written(session: AdapterSession, steps: Step[], bounded: Bounded): Promise<WriteResult[]> {
  const commands = steps.map(({ command }) => command);
  const results = await writeOnce(session, commands, bounded);
  if (session.capabilities.atomicity !== 'batch' || commands.length < 2 || !results.some(spoilsBatch)) return results;
  // One bad account fails all of an indivisible batch: alone, only the bad one fails.
  const alone: WriteResult[] = [];
  for (const command of commands) alone.push(...(await writeOnce(session, [command], bounded)));
  return alone;
}

async function writeOnce(session: AdapterSession, commands: CreditCommand[], bounded: Bounded): Promise<WriteResult[]> {
  const results = await attempt(() => bounded((signal) => session.write(commands, signal)), true);
  if ('failure' in results) return commands.map(() => failed(results.failure));
  const settled: WriteResult[] = [];
  for (const result of results.value) settled.push(await polled(session, result, bounded));
  return settled;
}

/** An asynchronous target is asked once; what is still under way is read in a later attempt. */
async function polled(session: AdapterSession, result: WriteResult, bounded: Bounded): Promise<WriteResult> {
  const poll = session.poll;
  if (result.type !== 'accepted' || !poll) return result;
  const answer = await attempt(() => bounded((signal) => poll.call(session, result.jobRef, signal)), true);
  return 'failure' in answer ? failed(answer.failure) : answer.value;
}

/** Reads back what was written without proof. */
async function prove(session: AdapterSession, steps: Step[], done: Attempted[], bounded: Bounded): Promise<void> {
  if (steps.length === 0) return;
  const proven: Attempted[] = [];
  const open = await planned(session, steps, proven, bounded);
  done.push(...proven.map((step) => ({ ...step, wrote: true })));
  for (const step of open) done.push({ ...step, failure: failureOf('TARGET_NOT_CONFIRMED', { type: 'retryable' }) });
}

function commandOf({ delivery, rating }: ClaimedDelivery, id: string): CreditCommand {
  return {
    id,
    accountKey: delivery.accountKey,
    accountCode: delivery.accountCode,
    version: rating.version,
    grade: rating.grade,
    termDays: rating.termDays,
    limit: rating.limit,
    currency: rating.currency,
    hold: rating.hold,
    // Known when it is known what is written over.
    idempotencyKey: '',
  };
}

async function attempt<T>(
  work: () => Promise<T>,
  writes = false,
): Promise<{ value: T } | { failure: DeliveryFailure }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    return { failure: failureOfError(error, writes) };
  }
}

function failed(failure: DeliveryFailure): WriteResult {
  return { type: 'failed', failure };
}

function spoilsBatch(result: WriteResult): boolean {
  return result.type === 'failed' && (result.failure.type === 'permanent' || result.failure.type === 'conflict');
}
