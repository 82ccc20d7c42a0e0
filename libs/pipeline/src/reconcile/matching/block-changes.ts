import type { AccountRef } from '../reconcile-store.port';

interface Entry {
  account: AccountRef;
  block: string;
}

/** What accounts leave and join, and which blocks become too large by it, or no longer are. */
export class BlockChanges {
  readonly added: Entry[];
  readonly gone: Entry[];
  private sizes: ReadonlyMap<string, number> = new Map();

  constructor(stored: readonly Entry[], wanted: readonly Entry[]) {
    const before = new Map(stored.map((entry) => [entryText(entry), entry]));
    const after = new Map(wanted.map((entry) => [entryText(entry), entry]));
    this.added = [...after].filter(([text]) => !before.has(text)).map(([, entry]) => entry);
    this.gone = [...before].filter(([text]) => !after.has(text)).map(([, entry]) => entry);
  }

  touched(): string[] {
    return [...new Set([...this.added, ...this.gone].map(({ block }) => block))];
  }

  /** How far sizes before the change have to be counted to tell which blocks cross the bound. */
  countedTo(maxSize: number): number {
    return maxSize + 1 + this.gone.length;
  }

  sizesBefore(sizes: ReadonlyMap<string, number>): void {
    this.sizes = sizes;
  }

  /** Blocks on another side of the bound than before. Those that had and have one account meet nobody. */
  crossed(maxSize: number): string[] {
    const change = new Map<string, number>();
    for (const { block } of this.added) change.set(block, (change.get(block) ?? 0) + 1);
    for (const { block } of this.gone) change.set(block, (change.get(block) ?? 0) - 1);
    return [...change].flatMap(([block, by]) => {
      const before = this.sizes.get(block) ?? 0;
      return before > maxSize === before + by > maxSize ? [] : [block];
    });
  }
}

function entryText({ account, block }: Entry): string {
  return `${block}\n${account.system}/${account.key}`;
}
