import type { DeadLetterStore } from './ingest-store.port';
import { parkingKeyOf } from './dead-letters';

/**
 * Which keys of one partition are parked, and from which offset on: a message waits when an earlier one of its key
 * is in the dead letters. The earlier one itself, delivered again after a crash, does not wait behind itself.
 */
export class ParkedKeys {
  private constructor(private readonly firstOpen: Map<string, number>) {}

  /** Asks the store once when nothing is open, otherwise once for the batch's keys and once for each parked one. */
  static async load(
    store: DeadLetterStore,
    topic: string,
    partition: number,
    keys: Iterable<Buffer | null>,
  ): Promise<ParkedKeys> {
    const firstOpen = new Map<string, number>();
    if (await store.anyOpen()) {
      const distinct = new Set<string>();
      for (const key of keys) if (key) distinct.add(parkingKeyOf(topic, key) ?? '');
      for (const parked of await store.parked([...distinct])) {
        const letters = (await store.ofKey(parked)).filter(
          (letter) => letter.partition === partition && letter.topic === topic,
        );
        const offset = letters.reduce((least, letter) => Math.min(least, letter.offset), Number.POSITIVE_INFINITY);
        firstOpen.set(parked, offset);
      }
    }
    return new ParkedKeys(firstOpen);
  }

  get none(): boolean {
    return this.firstOpen.size === 0;
  }

  /** Whether a message waits behind an earlier one. */
  isBehind(parkingKey: string | null, offset: number): boolean {
    const first = parkingKey === null ? undefined : this.firstOpen.get(parkingKey);
    return first !== undefined && offset > first;
  }

  /** Whether a message is itself the first open letter of its key. */
  isFirst(parkingKey: string | null, offset: number): boolean {
    return parkingKey !== null && this.firstOpen.get(parkingKey) === offset;
  }

  park(parkingKey: string | null, offset: number): void {
    if (parkingKey !== null && !this.firstOpen.has(parkingKey)) this.firstOpen.set(parkingKey, offset);
  }

  release(parkingKey: string | null): void {
    if (parkingKey !== null) this.firstOpen.delete(parkingKey);
  }
}
