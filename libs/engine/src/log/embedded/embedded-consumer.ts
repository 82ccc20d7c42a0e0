import type { ConsumeOptions, LogConsumerStatus, ReportingLogConsumer } from '@syncline/pipeline';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { logError } from '../errors';
import { backoffOf, errorFields, type LogLogger } from '../event-log-config';
import type { PartitionReader } from './partition-reader';

interface Lane {
  reader: PartitionReader;
  /** Rejections of the batch at the front, in a row. */
  rejections: number;
  /** Runs while the lane waits after a rejection. */
  pause: NodeJS.Timeout | null;
}

export interface EmbeddedConsumerDeps {
  readers: PartitionReader[];
  backoffMs: { first: number; most: number };
  logger: LogLogger;
  commit(reader: PartitionReader, next: number): void;
  /** Makes the commits durable and frees the group. */
  leave(): Promise<void>;
}

const NO_HEARTBEAT = (): Promise<void> => Promise.resolve();

/** One member of a group: takes its partitions in turn, one batch at a time, and sleeps while all are read. */
export class EmbeddedConsumer implements ReportingLogConsumer {
  private readonly lanes: Lane[];
  private readonly aborter = new AbortController();
  private readonly loop: Promise<void>;
  private turn = 0;
  private paused = false;
  private stopping: Promise<void> | null = null;
  private failure: string | null = null;
  private wakeUp: (() => void) | null = null;

  constructor(
    private readonly options: ConsumeOptions,
    private readonly deps: EmbeddedConsumerDeps,
  ) {
    this.lanes = deps.readers.map((reader) => ({ reader, rejections: 0, pause: null }));
    this.loop = this.run();
  }

  /** Something was appended, a pause is over, or the state changed: look again. */
  wake(): void {
    this.wakeUp?.();
  }

  pause(): Promise<void> {
    this.paused = true;
    return Promise.resolve();
  }

  resume(): Promise<void> {
    this.paused = false;
    this.wake();
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.stopping ??= this.leave();
    return this.stopping;
  }

  status(): LogConsumerStatus {
    if (this.failure !== null) return { state: 'failed', message: this.failure };
    if (this.stopping !== null) return { state: 'stopped' };
    return { state: this.paused ? 'paused' : 'running' };
  }

  private async leave(): Promise<void> {
    this.aborter.abort();
    this.wake();
    await this.loop;
    for (const lane of this.lanes) if (lane.pause !== null) clearTimeout(lane.pause);
    await this.deps.leave();
  }

  private async run(): Promise<void> {
    await nextTurn();
    try {
      while (this.stopping === null) {
        const lane = this.paused ? null : this.nextReady();
        if (lane === null) {
          await new Promise<void>((resolve) => (this.wakeUp = resolve));
          this.wakeUp = null;
        } else {
          await this.deliver(lane);
          // HTTP, timers and the other stages of this process get their turn.
          await nextTurn();
        }
      }
    } catch (cause) {
      this.crash(cause);
    }
  }

  private nextReady(): Lane | null {
    for (let step = 0; step < this.lanes.length; step += 1) {
      const lane = this.lanes[(this.turn + step) % this.lanes.length];
      if (lane.pause === null && lane.reader.hasMore()) {
        this.turn = (this.turn + step + 1) % this.lanes.length;
        return lane;
      }
    }
    return null;
  }

  private async deliver(lane: Lane): Promise<void> {
    const { reader } = lane;
    const messages = reader.peek(this.options.maxMessages);
    if (messages.length === 0) throw logError('LOG_CHUNK_UNREADABLE', 'The embedded log ends before its known end.');
    const batch = { topic: reader.state.topic, partition: reader.partition, messages, behind: reader.after(messages) };
    try {
      await this.options.onBatch(batch, { signal: this.aborter.signal, heartbeat: NO_HEARTBEAT });
    } catch (error) {
      this.putOff(lane, messages[0].offset, error);
      return;
    }
    lane.rejections = 0;
    this.deps.commit(reader, reader.advance(messages.length));
  }

  /** The lane rests; the others go on. */
  private putOff(lane: Lane, offset: number, error: unknown): void {
    if (this.stopping !== null) return;
    lane.rejections += 1;
    const pauseMs = backoffOf(lane.rejections, this.deps.backoffMs);
    this.deps.logger.warn('A batch was rejected and will be delivered again.', {
      group: this.options.group,
      topic: lane.reader.state.topic,
      partition: lane.reader.partition,
      offset,
      attempt: lane.rejections,
      pause_ms: pauseMs,
      ...errorFields(error),
    });
    lane.pause = setTimeout(() => {
      lane.pause = null;
      this.wake();
    }, pauseMs);
  }

  private crash(cause: unknown): void {
    const error = logError('LOG_CONSUMER_CRASHED', `The consumer of group ${this.options.group} can not go on.`, {
      cause,
    });
    this.failure = error.message;
    this.options.onCrash(error);
  }
}
