import type { Instant } from '@syncline/model';
import {
  isClosed,
  isSameMessage,
  type DeadLetter,
  type DeadLetterStatus,
  type DeadLetterStore,
} from '@syncline/pipeline/ingest';

/** Dead letters in a plain map, with the contract of the real store. */
export class MemoryDeadLetterStore implements DeadLetterStore {
  readonly letters = new Map<string, DeadLetter>();

  async save(letters: DeadLetter[]): Promise<void> {
    for (const letter of letters) {
      const known = this.letters.get(letter.id);
      const before = known && isSameMessage(known, letter) ? known : undefined;
      this.letters.set(letter.id, {
        ...letter,
        attempts: (before?.attempts ?? 0) + 1,
        firstFailedAt: before?.firstFailedAt ?? letter.firstFailedAt,
        status: before && isClosed(before) ? before.status : letter.status,
      });
    }
  }

  async anyOpen(): Promise<boolean> {
    return this.open().length > 0;
  }

  async firstOpen(parkingKeys: string[], partition: number): Promise<Map<string, number>> {
    const first = new Map<string, number>();
    for (const key of parkingKeys) {
      const [letter] = (await this.ofKey(key)).filter((each) => each.partition === partition);
      if (letter) first.set(key, letter.offset);
    }
    return first;
  }

  async find(ids: string[]): Promise<DeadLetter[]> {
    return [...new Set(ids)].flatMap((id) => this.letters.get(id) ?? []);
  }

  async ofKey(parkingKey: string): Promise<DeadLetter[]> {
    const letters = this.open().filter((letter) => letter.parkingKey === parkingKey);
    return letters.sort((a, b) => a.partition - b.partition || a.offset - b.offset);
  }

  async setStatus(ids: string[], status: DeadLetterStatus, _at: Instant): Promise<void> {
    for (const letter of await this.find(ids)) this.letters.set(letter.id, { ...letter, status });
  }

  private open(): DeadLetter[] {
    return [...this.letters.values()].filter(({ status }) => status === 'open');
  }
}
