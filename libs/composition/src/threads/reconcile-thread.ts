import { once } from 'node:events';
import { extname, join } from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { BatchControl, EventLog, LogBatch, StageMetrics } from '@syncline/pipeline/shared';
import { compositionError } from '../errors';
import type { StageRelay } from '../process/relays';
import { buffersOf, packMessages, unpackMessages } from './packed-messages';
import type { PackedBatch, ReconcileReply, ReconcileRequest, ReconcileThreadData } from './reconcile-protocol';
import { receiveError, sendError } from './thread-error';

const ENTRY = join(__dirname, `reconcile.worker${extname(__filename)}`);

export interface ReconcileThreadParts {
  log: Pick<EventLog, 'append'>;
  metrics: StageMetrics;
  /** The relay failed; it tries again by itself. */
  onRelayError(error: Error): void;
  /** The thread is gone and was not asked to go: the process should end. */
  onLost(error: Error): void;
}

/** V8 lets a heap grow the more the more it may take; this much is several times what the stage needs at once. */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

/** The number of the answer that the thread gives by itself. */
const READY = 0;

interface Pending {
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Reconcile, the heaviest stage, on a thread of its own, so that mapping and rating have the process's to themselves.
 * Batches go there one by one; what is to be published comes back and is appended to the log here. The process keeps
 * the say: it consumes, pauses, repeats what was rejected, and ends when the thread does.
 */
export class ReconcileThread implements StageRelay {
  private readonly pending = new Map<number, Pending>();
  private nextId = READY + 1;
  private failure: Error | null = null;
  private relayFailure: string | null = null;
  private stopping = false;
  private readonly ready: Promise<void>;
  private readonly ended: Promise<unknown>;

  /** Resolves when the thread can work. */
  static async start(
    data: ReconcileThreadData,
    parts: ReconcileThreadParts,
    options: Pick<WorkerOptions, 'execArgv'> = {},
  ): Promise<ReconcileThread> {
    const worker = new Worker(ENTRY, { name: 'reconcile', workerData: data, resourceLimits: LIMITS, ...options });
    const thread = new ReconcileThread(worker, parts);
    await thread.ready;
    return thread;
  }

  private constructor(
    private readonly worker: Worker,
    private readonly parts: ReconcileThreadParts,
  ) {
    this.ended = once(worker, 'exit');
    this.ready = new Promise((resolve, reject) => this.pending.set(READY, { resolve, reject }));
    worker.on('message', (reply: ReconcileReply) => this.take(reply));
    worker.on('error', (error) => this.fail(error));
    worker.on('exit', () => this.fail(new Error('the thread has ended')));
  }

  /** @throws what the stage throws; STAGE_THREAD_LOST (fatal) when the thread is gone */
  async handle(
    { topic, partition, messages, behind = 0 }: LogBatch,
    { signal }: Partial<BatchControl> = {},
  ): Promise<void> {
    const packed = packMessages(messages);
    const offsets = Float64Array.from(messages, ({ offset }) => offset);
    const batch: PackedBatch = { topic, partition, offsets, messages: packed, behind };
    const id = this.nextId++;
    const done = this.ask({ type: 'handle', id, batch }, [...buffersOf(packed), offsets.buffer]);
    const giveUp = (): void => this.send({ type: 'give-up', id });
    signal?.addEventListener('abort', giveUp, { once: true });
    if (signal?.aborted) giveUp();
    try {
      await done;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  notify(): void {
    this.send({ type: 'notify' });
  }

  drained(): Promise<void> {
    return this.ask({ type: 'drain', id: this.nextId++ });
  }

  get lastFailure(): string | null {
    return this.relayFailure;
  }

  /** After the batch in flight: the relay finishes what it moves, the store is closed, the thread ends. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.send({ type: 'stop' });
    await this.ended;
  }

  private take(reply: ReconcileReply): void {
    switch (reply.type) {
      case 'ready':
        return this.settle(READY, undefined);
      case 'done':
        for (const [name, labels, n] of reply.counts) this.parts.metrics.count(name, labels, n);
        return this.settle(reply.id, reply.error && receiveError(reply.error));
      case 'append':
        return void this.append(reply);
      case 'relay-failed': {
        const error = receiveError(reply.error);
        this.relayFailure = error.message;
        return this.parts.onRelayError(error);
      }
    }
  }

  private async append({ id, batches }: Extract<ReconcileReply, { type: 'append' }>): Promise<void> {
    try {
      await this.parts.log.append(
        batches.map(({ topic, messages }) => ({ topic, messages: unpackMessages(messages) })),
      );
      this.relayFailure = null;
      this.send({ type: 'appended', id });
    } catch (error) {
      this.send({ type: 'appended', id, error: sendError(error) });
    }
  }

  /** @returns when the thread has answered the request of this id */
  private ask(request: ReconcileRequest & { id: number }, transfer: ArrayBuffer[] = []): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => {
      this.pending.set(request.id, { resolve, reject });
      this.send(request, transfer);
    });
  }

  private settle(id: number, error: Error | undefined): void {
    const waiting = this.pending.get(id);
    this.pending.delete(id);
    if (error) waiting?.reject(error);
    else waiting?.resolve();
  }

  private fail(cause: unknown): void {
    if (this.failure) return;
    const error = compositionError('STAGE_THREAD_LOST', 'the thread of reconcile has ended', cause);
    this.failure = error;
    const isStarting = this.pending.has(READY);
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
    if (!this.stopping && !isStarting) this.parts.onLost(error);
  }

  private send(request: ReconcileRequest, transfer: ArrayBuffer[] = []): void {
    this.worker.postMessage(request, transfer);
  }
}
