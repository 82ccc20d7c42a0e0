/** Sets that grow by links between their members (union–find). */
export class LinkedSets {
  private readonly parent = new Map<string, string>();
  private readonly sizes = new Map<string, number>();
  private readonly counted = new Set<string>();

  /** Counts a member in, once; members that are only linked do not count. */
  count(member: string): void {
    if (this.counted.has(member)) return;
    this.counted.add(member);
    const root = this.rootOf(member);
    this.sizes.set(root, (this.sizes.get(root) ?? 0) + 1);
  }

  join(a: string, b: string): void {
    const [x, y] = [this.rootOf(a), this.rootOf(b)];
    if (x === y) return;
    this.parent.set(x, y);
    this.sizes.set(y, (this.sizes.get(x) ?? 0) + (this.sizes.get(y) ?? 0));
  }

  /** How many members count in the set of this one. */
  sizeOf(member: string): number {
    return this.sizes.get(this.rootOf(member)) ?? 0;
  }

  rootOf(member: string): string {
    let root = member;
    for (let next = this.parent.get(root); next !== undefined; next = this.parent.get(root)) root = next;
    // Those on the way are hung up at the top, so that the next way is short.
    for (let at = member; at !== root;) {
      const next = this.parent.get(at)!;
      this.parent.set(at, root);
      at = next;
    }
    return root;
  }
}
