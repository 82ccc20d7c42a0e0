import type { LocalDate } from '@syncline/model';
import { LRUCache } from 'lru-cache';

/** Customers remembered; the others are evaluated once more, which changes nothing. */
const REMEMBERED = 50_000;

/**
 * Up to which version customers were evaluated for a day. An event that tells of no later version has nothing to add:
 * rate reads what stands in the store, so the first of many waiting events of a customer answers all of them.
 */
export class EvaluatedVersions {
  private readonly versions = new LRUCache<string, number>({ max: REMEMBERED });
  private day: LocalDate | null = null;

  /** Whether the customer was evaluated with this version or a later one. */
  covers(customerId: string, version: number, asOf: LocalDate): boolean {
    return this.day === asOf && version <= (this.versions.get(customerId) ?? -1);
  }

  /** To be called once the evaluation is committed. */
  note(versions: ReadonlyMap<string, number>, asOf: LocalDate): void {
    if (this.day !== asOf) this.versions.clear();
    this.day = asOf;
    for (const [id, version] of versions) this.versions.set(id, version);
  }
}
