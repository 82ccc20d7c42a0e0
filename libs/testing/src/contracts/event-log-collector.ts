import type { BatchControl, EventLog, LogBatch, LogConsumer, ReceivedMessage } from '@syncline/pipeline';

/** A condition that never came true must fail the test before jest's own time-out hides where. */
const PATIENCE_MS = 45_000;

export interface CollectOptions {
  group: string;
  topics: string[];
  maxMessages?: number;
  /** Runs before a batch counts as handled; a rejection rejects the batch. */
  before?(batch: LogBatch, control: BatchControl): void | Promise<void>;
}

/** Reads as a group and keeps what it handled; tests wait for conditions on that. */
export class Collector {
  readonly batches: LogBatch[] = [];
  readonly crashes: unknown[] = [];
  private consumer: LogConsumer | null = null;
  private waiting: { done: () => boolean; resolve: () => void; patience: NodeJS.Timeout }[] = [];

  static async start(log: EventLog, options: CollectOptions): Promise<Collector> {
    const collector = new Collector();
    collector.consumer = await log.consume({
      group: options.group,
      topics: options.topics,
      maxMessages: options.maxMessages ?? 500,
      onBatch: async (batch, control) => {
        await options.before?.(batch, control);
        collector.batches.push(batch);
        collector.check();
      },
      onCrash: (error) => {
        collector.crashes.push(error);
        collector.check();
      },
    });
    return collector;
  }

  get messages(): ReceivedMessage[] {
    return this.batches.flatMap((batch) => batch.messages);
  }

  get values(): string[] {
    return this.messages.map((message) => message.value?.toString() ?? 'tombstone');
  }

  get control(): LogConsumer {
    if (this.consumer === null) throw new Error('The collector is not reading yet.');
    return this.consumer;
  }

  /** Resolves when `done` holds after some batch. */
  until(done: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const patience = setTimeout(
        () => reject(new Error(`Waited in vain; ${this.messages.length} messages were handled.`)),
        PATIENCE_MS,
      );
      this.waiting.push({
        done,
        patience,
        resolve: () => {
          clearTimeout(patience);
          resolve();
        },
      });
      this.check();
    });
  }

  untilCount(count: number): Promise<void> {
    return this.until(() => this.messages.length >= count);
  }

  /** Stops reading; who still waits for a condition is not answered. */
  stop(): Promise<void> {
    this.waiting.forEach(({ patience }) => clearTimeout(patience));
    this.waiting = [];
    return this.control.stop();
  }

  private check(): void {
    const ready = this.waiting.filter(({ done }) => done());
    this.waiting = this.waiting.filter((wait) => !ready.includes(wait));
    ready.forEach(({ resolve }) => resolve());
  }
}

/** A promise with its resolver, to hold a handler at a known place. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
