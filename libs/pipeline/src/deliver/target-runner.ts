import { instantOf, type Clock } from '../shared/clock';
import type { Adapter, AdapterContext, AdapterSession } from './adapter.port';
import { attemptBatch, type Attempted, type Bounded, type ClaimedDelivery, type Fence } from './attempt-batch';
import type { DeliveryState, DeliveryStore } from './delivery-store.port';
import { HeldLeases } from './held-leases';
import { failureOfError } from './host-failures';
import { recordOutcomes } from './record-outcomes';
import type { TargetDescription } from './target';
import { TargetCircuit, type CircuitState } from './target-circuit';
import { TokenBucket } from './token-bucket';
import { withinTime, type Timers } from './timers';

export interface TargetRunnerParts {
  target: TargetDescription;
  adapter: Adapter;
  context: AdapterContext;
  store: DeliveryStore;
  clock: Clock;
  timers: Timers;
  /** 0 up to 1. */
  random: () => number;
}

/** How a pass ended: `idle` nothing was due, `worked` there may be more, `blocked` come back after `waitMs`. */
export type PassResult =
  { type: 'idle' } | { type: 'worked'; targetWide: boolean } | { type: 'blocked'; waitMs: number };

/** What keeps one target apart from the others: its session, rate, circuit and count of failures. */
export class TargetRunner {
  private session: Promise<AdapterSession> | null = null;
  private readonly bucket: TokenBucket;
  private failuresInARow = 0;
  private readonly leases = new HeldLeases();
  private readonly targetCircuit: TargetCircuit;

  constructor(private readonly parts: TargetRunnerParts) {
    const { target, adapter, clock } = parts;
    const rate = target.ratePerSecond ?? adapter.manifest.capabilities.defaultRatePerSecond;
    const elapsed = (): number => clock.elapsed();
    this.bucket = new TokenBucket(rate, elapsed);
    this.targetCircuit = new TargetCircuit(target.breaker, elapsed);
  }

  get description(): TargetDescription {
    return this.parts.target;
  }

  /** Whether the target is left alone at the moment. */
  get circuit(): CircuitState {
    return this.targetCircuit.state;
  }

  /**
   * Claims one batch, attempts it and records what came out. Claims nothing while the circuit is open or the rate is
   * used up, and a single delivery to try whether a failing target is back.
   * @param signal aborted = give up: what is claimed goes back as it was
   */
  async pass(signal: AbortSignal): Promise<PassResult> {
    const entry = this.targetCircuit.enter();
    if (entry.type === 'blocked') return entry;
    let outcome: 'failed' | 'answered' | null = null;
    try {
      const result = await this.claimAndAttempt(signal);
      // Finding nothing to do says nothing about the target.
      if (result.type === 'worked') outcome = result.targetWide ? 'failed' : 'answered';
      return result;
    } finally {
      this.targetCircuit.leave(outcome);
    }
  }

  private async claimAndAttempt(signal: AbortSignal): Promise<PassResult> {
    const { target, store, clock } = this.parts;
    const now = clock.now();
    const quota = this.bucket.take(this.circuit === 'closed' ? target.batchSize : 1);
    if (quota === 0) return { type: 'blocked', waitMs: this.bucket.waitMs() };
    const leased = await store.claim(target.name, quota, instantOf(now), instantOf(now + target.leaseMs));
    const claimed = this.leases.take(leased);
    this.bucket.giveBack(quota - claimed.length);
    return claimed.length === 0 ? { type: 'idle' } : this.attemptAndRecord(claimed, signal);
  }

  /**
   * Reads the adapter's part of the configuration, without connecting.
   * @throws SynclineError naming what is wrong
   */
  async prepare(): Promise<void> {
    await this.open();
  }

  async check(signal: AbortSignal) {
    const session = await this.open();
    return withinTime(this.parts.timers, this.parts.target.timeoutMs, signal, (inner) => session.check(inner));
  }

  async close(): Promise<void> {
    const session = this.session;
    this.session = null;
    if (session) await session.then((opened) => opened.close()).catch(() => undefined);
  }

  private async attemptAndRecord(claimed: ClaimedDelivery[], signal: AbortSignal): Promise<PassResult> {
    const { target, timers } = this.parts;
    let attempted: Attempted[];
    try {
      // Ends well before the lease does: nobody else may work on these rows at the same time.
      attempted = await withinTime(timers, target.leaseMs * 0.8, signal, (inner) => this.attempt(claimed, inner));
    } catch {
      await this.release(this.leases.letGo(claimed));
      await this.close();
      return { type: 'idle' };
    }
    const last = new Map(this.leases.letGo(claimed).map(({ delivery }) => [delivery.accountKey, delivery]));
    const own = attempted.map((item) => ({ ...item, delivery: last.get(item.delivery.accountKey) ?? item.delivery }));
    return own.length === 0 ? { type: 'worked', targetWide: false } : this.record(own);
  }

  /** Lets through what no other process has taken over. */
  private readonly fence: Fence = async (items) => {
    const held = await this.parts.store.held(items.map(({ delivery }) => this.leases.current(delivery)));
    const keys = new Set(held.map(({ accountKey }) => accountKey));
    return items.filter(({ delivery }) => keys.has(delivery.accountKey));
  };

  /** Gives claimed deliveries back as they were. */
  private async release(claimed: ClaimedDelivery[]): Promise<void> {
    const rows = claimed.map(({ delivery }) => {
      const state: DeliveryState = delivery.errorCode === null ? 'due' : 'waiting_retry';
      return { ...delivery, state };
    });
    await this.parts.store.complete(rows, [], () => Promise.resolve());
  }

  private async attempt(claimed: ClaimedDelivery[], signal: AbortSignal): Promise<Attempted[]> {
    const first = await this.attemptOnce(claimed, signal);
    const loggedOut = first.filter(({ failure }) => failure?.type === 'auth' && failure.refreshable);
    if (loggedOut.length === 0) return first;
    await this.close();
    const again = await this.attemptOnce(
      loggedOut.map(({ delivery, rating }) => ({ delivery, rating })),
      signal,
    );
    return [...first.filter((item) => !loggedOut.includes(item)), ...again];
  }

  private async attemptOnce(claimed: ClaimedDelivery[], signal: AbortSignal): Promise<Attempted[]> {
    const { timers, target } = this.parts;
    const bounded: Bounded = (work) => withinTime(timers, target.timeoutMs, signal, work);
    let session: AdapterSession;
    try {
      session = await bounded(() => this.open());
    } catch (error) {
      signal.throwIfAborted();
      const failure = failureOfError(error, false);
      return claimed.map((item) => ({ ...item, before: null, after: null, wrote: false, failure }));
    }
    const results: Attempted[] = [];
    for (let from = 0; from < claimed.length; from += session.capabilities.maxBatch) {
      const part = claimed.slice(from, from + session.capabilities.maxBatch);
      results.push(...(await attemptBatch(session, part, bounded, this.fence)));
    }
    return results;
  }

  private open(): Promise<AdapterSession> {
    this.session ??= this.parts.adapter.open(this.parts.target.config, this.parts.context).catch((error: unknown) => {
      this.session = null;
      throw error;
    });
    return this.session;
  }

  private async record(attempted: Attempted[]): Promise<PassResult> {
    const { target, store, clock, random } = this.parts;
    const targetWide = attempted.every(({ failure }) => isTargetWide(failure));
    this.failuresInARow = targetWide ? this.failuresInARow + 1 : 0;
    const now = clock.now();
    for (const { failure } of attempted) {
      if (failure?.type === 'throttled' && failure.scope === 'target') {
        this.bucket.pause(failure.retryAfterMs ?? target.retry.initialMs * 2 ** Math.min(this.failuresInARow, 6));
      }
    }
    if (targetWide) await this.close();
    await recordOutcomes({ attempted, target, store, now, random, failuresInARow: this.failuresInARow });
    return { type: 'worked', targetWide };
  }
}

/** The failure says something about the target, not about the account. */
export function isTargetWide(failure: Attempted['failure']): boolean {
  if (!failure) return false;
  if (failure.type === 'retryable') return failure.targetWide === true;
  return failure.type === 'auth' || (failure.type === 'throttled' && failure.scope === 'target');
}
