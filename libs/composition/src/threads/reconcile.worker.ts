import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { openThreadStore } from '@syncline/engine/store/thread';
import { RECONCILE_STAGE, ReconcileBatch } from '@syncline/pipeline/reconcile/handler';
import {
  OutboxRelay,
  type LogBatch,
  type ReceivedMessage,
  type StageMetrics,
  type TopicMessages,
} from '@syncline/pipeline/shared';
import { reconcileRules } from '../stages/reconcile-rules';
import { buffersOf, packMessages, unpackMessages } from './packed-messages';
import type { Count, PackedBatch, ReconcileReply, ReconcileRequest, ReconcileThreadData } from './reconcile-protocol';
import { receiveError, sendError, type SentError } from './thread-error';

/** The thread's side: the stage, its outbox relay, and a store of its own. The log stays with the process. */
class ReconcileWorker {
  private readonly store;
  private readonly relay: OutboxRelay;
  private readonly stage: ReconcileBatch;
  private readonly appends = new Map<number, (error: SentError | undefined) => void>();
  private readonly inFlight = new Map<number, AbortController>();
  private nextAppend = 0;
  private counts: Count[] = [];

  constructor(
    private readonly port: MessagePort,
    { file, settings }: ReconcileThreadData,
  ) {
    this.store = openThreadStore(file);
    this.relay = new OutboxRelay({
      stage: RECONCILE_STAGE,
      outbox: this.store.outbox,
      log: { append: (batches) => this.append(batches) },
      onError: (error) => this.send({ type: 'relay-failed', error: sendError(error) }),
    });
    const metrics: StageMetrics = {
      count: (name, labels, n = 1) => void this.counts.push([name, labels, n]),
      gauge: () => undefined,
      observe: () => undefined,
    };
    this.stage = new ReconcileBatch({
      store: this.store.reconcile,
      deadLetters: this.store.deadLetters,
      rules: reconcileRules(settings, metrics),
      clock: { now: () => Date.now(), elapsed: () => performance.now() },
      metrics,
      afterCommit: () => this.relay.notify(),
    });
  }

  start(): void {
    this.relay.start();
    this.port.on('message', (request: ReconcileRequest) => this.take(request));
    // What fails here is tried again, and told, with the first batch.
    this.stage.begin().catch(() => undefined);
    this.send({ type: 'ready' });
  }

  private take(request: ReconcileRequest): void {
    switch (request.type) {
      case 'handle':
        return void this.answer(request.id, this.handle(request.id, request.batch));
      case 'give-up':
        return this.inFlight.get(request.id)?.abort();
      case 'drain':
        return void this.answer(request.id, this.relay.drained());
      case 'notify':
        return this.relay.notify();
      case 'appended':
        return this.appends.get(request.id)?.(request.error);
      case 'stop':
        return void this.stop();
    }
  }

  private async handle(id: number, batch: PackedBatch): Promise<void> {
    const control = new AbortController();
    this.inFlight.set(id, control);
    try {
      // Statements return at once here: without a breath between pages no message would be read.
      await this.stage.handle(unpackBatch(batch), { signal: control.signal, heartbeat: () => setImmediate() });
    } finally {
      this.inFlight.delete(id);
    }
  }

  private async answer(id: number, work: Promise<void>): Promise<void> {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => sendError(thrown),
    );
    const counts = this.counts;
    this.counts = [];
    this.send({ type: 'done', id, counts, ...(error ? { error } : {}) });
  }

  private append(batches: TopicMessages[]): Promise<void> {
    const id = this.nextAppend++;
    const packed = batches.map(({ topic, messages }) => ({ topic, messages: packMessages(messages) }));
    const buffers = packed.flatMap(({ messages }) => buffersOf(messages));
    return new Promise((resolve, reject) => {
      this.appends.set(id, (error) => {
        this.appends.delete(id);
        if (error) reject(receiveError(error));
        else resolve();
      });
      this.send({ type: 'append', id, batches: packed }, buffers);
    });
  }

  private async stop(): Promise<void> {
    await this.relay.stop();
    await this.store.close();
    this.port.close();
  }

  private send(reply: ReconcileReply, transfer: ArrayBuffer[] = []): void {
    this.port.postMessage(reply, transfer);
  }
}

function unpackBatch({ topic, partition, offsets, messages, behind }: PackedBatch): LogBatch {
  const unpacked = unpackMessages(messages) as ReceivedMessage[];
  unpacked.forEach((message, at) => (message.offset = offsets[at]!));
  return { topic, partition, messages: unpacked, behind };
}

if (parentPort) new ReconcileWorker(parentPort, workerData as ReconcileThreadData).start();
