/** Rows by a key of theirs, in their order; a key without rows gives none. */
export class GroupedBy<T> {
  private readonly groups = new Map<string, T[]>();

  constructor(rows: Iterable<T>, keyOf: (row: T) => string) {
    for (const row of rows) this.add(keyOf(row), row);
  }

  add(key: string, row: T): void {
    const group = this.groups.get(key);
    if (group) group.push(row);
    else this.groups.set(key, [row]);
  }

  of(key: string): readonly T[] {
    return this.groups.get(key) ?? [];
  }
}
