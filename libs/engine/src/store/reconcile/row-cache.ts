import { LRUCache } from 'lru-cache';

/**
 * Rows as they were last read or written, by key. What a transaction writes is kept apart until it commits, so that a
 * transaction that is rolled back leaves no trace. Rows are shared: nobody may change one.
 */
export class RowCache<Row extends object> {
  private readonly rows: LRUCache<string, Row>;
  private readonly written = new Map<string, Row | null>();

  constructor(max: number) {
    this.rows = new LRUCache({ max });
  }

  /** The row as this transaction sees it; undefined = not known here, which does not say that there is none. */
  get(key: string): Row | undefined {
    return this.written.get(key) ?? (this.written.has(key) ? undefined : this.rows.get(key));
  }

  /** What was read from the database. */
  learn(key: string, row: Row): void {
    if (!this.written.has(key)) this.rows.set(key, row);
  }

  /** What the transaction writes; null = the row has to be read again. */
  write(key: string, row: Row | null): void {
    this.written.set(key, row);
  }

  commit(): void {
    for (const [key, row] of this.written) {
      if (row) this.rows.set(key, row);
      else this.rows.delete(key);
    }
    this.written.clear();
  }

  rollBack(): void {
    this.written.clear();
  }

  clear(): void {
    this.rows.clear();
  }

  /**
   * The rows of `wanted`, from here where they are known and by one `read` for all the others, in no given order.
   * @param keyOf the key of a row that was read
   */
  async through<Id>(
    wanted: readonly Id[],
    textOf: (id: Id) => string,
    keyOf: (row: Row) => string,
    read: (missing: Id[]) => Promise<Row[]>,
  ): Promise<Row[]> {
    const found = new Map<string, Row>();
    const missing = new Map<string, Id>();
    for (const id of wanted) {
      const text = textOf(id);
      const row = this.get(text);
      if (row) found.set(text, row);
      else missing.set(text, id);
    }
    if (missing.size > 0) {
      for (const row of await read([...missing.values()])) {
        const text = keyOf(row);
        this.learn(text, row);
        found.set(text, row);
      }
    }
    return [...found.values()];
  }
}
