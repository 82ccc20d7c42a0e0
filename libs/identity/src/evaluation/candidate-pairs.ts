import type { PreparedRecord } from '../matching/matching-model';

export interface Blocks {
  /** Pairs of record numbers (lower first) that share a block, each once. */
  pairs(): Iterable<[number, number]>;
  /** Whether these two share a block. */
  meet(a: PreparedRecord, b: PreparedRecord): boolean;
  /** Blocks that are too large, so that none of their pairs are compared. */
  tooLarge: number;
}

/** Which records meet under a bound on the size of a block: what streaming does record by record. */
export function candidatePairs(records: readonly PreparedRecord[], maxBlockSize: number): Blocks {
  const blocks = new Map<string, number[]>();
  records.forEach(({ blockingKeys }, number) => {
    for (const key of blockingKeys) {
      const block = blocks.get(key);
      if (block) block.push(number);
      else blocks.set(key, [number]);
    }
  });
  let tooLarge = 0;
  for (const [key, block] of blocks) {
    if (block.length > maxBlockSize) tooLarge++;
    if (block.length > maxBlockSize || block.length < 2) blocks.delete(key);
  }
  return {
    pairs: () => pairsOf(records, blocks),
    meet: (a, b) => a.blockingKeys.some((key) => blocks.has(key) && b.blockingKeys.includes(key)),
    tooLarge,
  };
}

function* pairsOf(
  records: readonly PreparedRecord[],
  blocks: ReadonlyMap<string, number[]>,
): Iterable<[number, number]> {
  for (let first = 0; first < records.length; first++) {
    const others = new Set<number>();
    for (const key of records[first]!.blockingKeys) {
      for (const other of blocks.get(key) ?? []) if (other > first) others.add(other);
    }
    for (const other of others) yield [first, other];
  }
}

/** Number of pairs of records of different sources. */
export function pairsOfSources(sources: readonly string[]): number {
  const sizes = new Map<string, number>();
  for (const source of sources) sizes.set(source, (sizes.get(source) ?? 0) + 1);
  const pairs = (count: number) => (count * (count - 1)) / 2;
  return [...sizes.values()].reduce((sum, size) => sum - pairs(size), pairs(sources.length));
}
