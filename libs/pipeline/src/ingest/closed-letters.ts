import type { LogBatch } from '../shared/event-log.port';
import { letterId } from './dead-letters';
import { isClosed, isSameMessage, type DeadLetter, type DeadLetterStore } from './ingest-store.port';

/**
 * The letters of a batch's messages that were resolved or discarded before, in case the batch was delivered before. What
 * fails again of those is settled: it opens no letter and parks nothing. Else the batches that messages happen to come
 * back in would decide which of them wait.
 */
export class ClosedLetters {
  private found: Promise<Map<string, DeadLetter>> | null = null;

  constructor(
    private readonly store: Pick<DeadLetterStore, 'find'>,
    private readonly batch: LogBatch,
  ) {}

  /** Asks the store once for the whole batch, at its first failure: most batches have none. */
  async has(letter: DeadLetter): Promise<boolean> {
    this.found ??= this.read();
    const known = (await this.found).get(letter.id);
    return known !== undefined && isSameMessage(known, letter);
  }

  private async read(): Promise<Map<string, DeadLetter>> {
    const { topic, partition, messages } = this.batch;
    const letters = await this.store.find(messages.map(({ offset }) => letterId({ topic, partition, offset })));
    return new Map(letters.filter(isClosed).map((letter) => [letter.id, letter]));
  }
}
