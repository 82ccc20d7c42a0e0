import type { DeadLetterStore } from './ingest-store.port';
import { parkingKeyOf } from './dead-letters';

/**
 * Which keys of one partition are parked, and from which offset on: a message waits when an earlier one of its key
 * is in the dead letters. The earlier one itself, delivered again after a crash, does not wait behind itself.
 */
export class ParkedKeys {
  private constructor(private readonly firstOpen: Map<string, number>) {}

  /** Asks the store once when nothing is open at all, otherwise once more for the batch's keys. */
  static async load(
    store: DeadLetterStore,
    topic: string,
    partition: number,
    keys: Iterable<Buffer | null>,
  ): Promise<ParkedKeys> {
    if (!(await store.anyOpen())) return new ParkedKeys(new Map());
    const distinct = new Set<string>();
    for (const key of keys) {
      const parkingKey = parkingKeyOf(topic, key);
      if (parkingKey !== null) distinct.add(parkingKey);
    }
    return new ParkedKeys(await store.firstOpen([...distinct], partition));
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
