import type { CreditRating } from '@syncline/model';
import type { Job, JobQueue } from '../shared/job-queue.port';
import type { Adapter, AdapterSession, CreditCommand, CreditValues, WriteResult } from './adapter.port';
import { TargetFailure, type DeliveryFailure } from './delivery-failure';

/** A target in memory with one switch for each thing that can go wrong. */
export class FakeTarget {
  readonly values = new Map<string, CreditValues>();
  writes = 0;
  /** Of every write that was asked for. */
  readonly idempotencyKeys: string[] = [];
  reads = 0;
  opened = 0;
  /** Answers of the next writes, first in first out; `apply` carries the write out all the same. */
  next: { failure: DeliveryFailure; apply?: boolean }[] = [];
  down = false;
  hangs = false;
  /** Questions that will never be answered. */
  hanging = 0;
  forgets = false;
  confirms = true;
  maxBatchSeen = 0;

  readonly adapter: Adapter = {
    manifest: {
      id: 'fake',
      version: '1',
      title: 'Fake',
      configSchema: {},
      capabilities: {
        fields: {},
        maxBatch: 100,
        atomicity: 'item',
        concurrency: 'compare_and_set',
        idempotency: 'natural',
        readBack: 'read',
        dryRun: 'simulated',
        delivery: 'sync',
        defaultRatePerSecond: 1_000,
        echo: 'none',
      },
    },
    open: async () => {
      this.opened += 1;
      return this.session();
    },
  };

  private session(): AdapterSession {
    return {
      capabilities: this.adapter.manifest.capabilities,
      check: async () => [],
      resolve: async (references) => {
        if (this.hangs) {
          this.hanging += 1;
          return new Promise(() => undefined);
        }
        if (this.down) throw new TargetFailure(DOWN);
        return references.map(({ accountKey }) =>
          accountKey === 'nobody' ? { type: 'missing' } : { type: 'found', id: accountKey },
        );
      },
      read: async (ids) => ids.map((id) => ({ id, values: this.values.get(id) ?? {} })),
      plan: async (commands) => {
        this.reads += 1;
        return commands.map((command) => {
          const values = this.values.get(command.id) ?? {};
          const from = values.limit ?? null;
          const same = values.limit !== undefined && from === command.limit;
          const change = { field: 'limit' as const, from, to: command.limit };
          return { before: { id: command.id, values }, changes: same ? [] : [change], lossy: [] };
        });
      },
      write: async (commands) => {
        this.maxBatchSeen = Math.max(this.maxBatchSeen, commands.length);
        return commands.map((command) => this.write(command));
      },
      ownWrite: () => false,
      close: async () => undefined,
    };
  }

  private write(command: CreditCommand): WriteResult {
    this.idempotencyKeys.push(command.idempotencyKey);
    const fault = this.next.shift();
    if (fault && !fault.apply) return { type: 'failed', failure: fault.failure };
    this.writes += 1;
    const values = { limit: command.limit };
    if (!this.forgets) this.values.set(command.id, values);
    if (fault) return { type: 'failed', failure: fault.failure };
    return { type: 'applied', observed: values, verified: this.confirms };
  }
}

const text = { code: 'TARGET_TEST', message: 'test' };
export const DOWN: DeliveryFailure = { ...text, type: 'retryable', targetWide: true };
export const BUSY: DeliveryFailure = { ...text, type: 'retryable' };
export const AMBIGUOUS: DeliveryFailure = { ...text, type: 'retryable', ambiguous: true };
export const CONFLICT: DeliveryFailure = { ...text, type: 'conflict' };
export const REFUSED: DeliveryFailure = { ...text, type: 'permanent', field: 'limit' };
export const LOGGED_OUT: DeliveryFailure = { ...text, type: 'auth', refreshable: true };
export const THROTTLED: DeliveryFailure = { ...text, type: 'throttled', retryAfterMs: 7_000, scope: 'target' };

/** Runs jobs when told to; the stage under test decides nothing by itself. */
export class HandQueue implements JobQueue {
  readonly added: { queue: string; job: Job }[] = [];
  private readonly handlers = new Map<string, (job: Job, signal: AbortSignal) => Promise<void>>();
  private readonly stopping = new AbortController();

  async add(queue: string, jobs: Job[]): Promise<void> {
    this.added.push(...jobs.map((job) => ({ queue, job })));
  }
  async work(queue: string, _: number, handle: (job: Job, signal: AbortSignal) => Promise<void>) {
    this.handlers.set(queue, handle);
    return { stop: async () => this.stopping.abort() };
  }
  async ping(): Promise<void> {}
  async clear(): Promise<void> {
    this.added.length = 0;
  }
  async close(): Promise<void> {}

  async run(target: string): Promise<void> {
    await this.handlers.get(`deliver-${target}`)?.({ id: `${target}-0`, data: {} }, this.stopping.signal);
  }
}

/** A rating that differs from others only where it matters here. */
export function rating(customerId: string, version: number, limit: string | null): CreditRating {
  return {
    ...{ customerId, version, limit, grade: 'A', termDays: 30, currency: 'CNY', hold: 'none', score: null },
    ...{ reasons: [], features: {}, policy: 'p', policyVersion: 1, asOf: '2026-11-20' },
    ...{ decidedAt: '2026-11-20T00:00:00.000Z', inputsHash: '' },
  };
}
