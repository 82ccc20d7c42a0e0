import { SynclineError } from '@syncline/model';
import type { LogMessage, TopicMessages } from '@syncline/pipeline';

interface Waiting {
  batches: TopicMessages[];
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Lets one write run at a time and joins what arrives meanwhile into the next one: many small appends cost few
 * writes, and the order of the calls is the order in the log. When a joined write fails for
 * a reason that time does not mend, each call is tried alone.
 */
export class AppendQueue {
  private waiting: Waiting[] = [];
  private running: Promise<void> | null = null;

  constructor(
    /** Gets each topic once. */
    private readonly write: (batches: TopicMessages[]) => Promise<void>,
    /** The most messages of one write that joins several calls. A larger call goes alone. */
    private readonly maxMessages: number,
  ) {}

  append(batches: TopicMessages[]): Promise<void> {
    if (batches.every((batch) => batch.messages.length === 0)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.waiting.push({ batches, resolve, reject });
      this.running ??= this.drain();
    });
  }

  /** Resolves when nothing is waiting or being written. */
  async idle(): Promise<void> {
    await this.running;
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      await this.settle(this.takeNext());
    }
    this.running = null;
  }

  /** What one call did wrong (a topic that is not there, a message too large) must not fail the calls beside it. */
  private async settle(calls: Waiting[]): Promise<void> {
    try {
      await this.write(joinTopics(calls.flatMap((call) => call.batches)));
      calls.forEach((call) => call.resolve());
    } catch (error) {
      const shared = calls.length === 1 || (error instanceof SynclineError && error.kind === 'transient');
      if (shared) calls.forEach((call) => call.reject(error));
      else for (const call of calls) await this.settle([call]);
    }
  }

  private takeNext(): Waiting[] {
    let taken = 0;
    let messages = 0;
    for (; taken < this.waiting.length; taken += 1) {
      messages += this.waiting[taken].batches.reduce((sum, batch) => sum + batch.messages.length, 0);
      if (taken > 0 && messages > this.maxMessages) break;
    }
    return this.waiting.splice(0, taken);
  }
}

function joinTopics(batches: TopicMessages[]): TopicMessages[] {
  const topics = new Map<string, LogMessage[]>();
  for (const { topic, messages } of batches) {
    const joined = topics.get(topic);
    if (joined === undefined) topics.set(topic, [...messages]);
    else for (const message of messages) joined.push(message);
  }
  return [...topics].filter(([, messages]) => messages.length > 0).map(([topic, messages]) => ({ topic, messages }));
}
