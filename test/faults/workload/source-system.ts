import type { Row, SourceEvent } from './event';

type Change = 'c' | 'u' | 'd';

/** When the first change happened; a change is 64 positions after the one before. */
const FIRST_CHANGE_MS = 1_746_432_000_000;
const FIRST_POSITION = 100_000_000;
const STEP = 64;

/** A database whose changes are read by Debezium for PostgreSQL: it holds rows and tells every change of them. */
export class SourceSystem {
  private readonly rows = new Map<string, Row>();
  private readonly lastIds = new Map<string, number>();
  private position = FIRST_POSITION;

  constructor(
    readonly name: string,
    private readonly events: SourceEvent[],
  ) {}

  nextId(table: string): number {
    const id = (this.lastIds.get(table) ?? 100) + 1;
    this.lastIds.set(table, id);
    return id;
  }

  /** Adds a row under the next number of its table, or under the one it brings. */
  create(table: string, values: Row): number {
    const id = typeof values['id'] === 'number' ? values['id'] : this.nextId(table);
    const row = { id, ...values };
    this.rows.set(`${table}/${id}`, row);
    this.tell(table, 'c', null, row);
    return id;
  }

  update(table: string, id: number, change: Row): void {
    const before = this.row(table, id);
    const after = { ...before, ...change };
    this.rows.set(`${table}/${id}`, after);
    this.tell(table, 'u', before, after);
  }

  remove(table: string, id: number): void {
    const before = this.row(table, id);
    this.rows.delete(`${table}/${id}`);
    this.tell(table, 'd', before, null);
  }

  row(table: string, id: number): Row {
    const row = this.rows.get(`${table}/${id}`);
    if (!row) throw new Error(`${this.name} has no ${table} ${id}`);
    return row;
  }

  private tell(table: string, op: Change, before: Row | null, after: Row | null): void {
    this.position += STEP;
    const id = (after ?? before)!['id'] as number;
    const value = { before, after, source: this.source(table), transaction: null, op, ts_ms: this.now() + 5 };
    this.events.push({
      system: this.name,
      topic: `${this.name}.public.${table}`,
      key: JSON.stringify({ id }),
      value: JSON.stringify(value),
      table,
      id,
      position: this.position,
      row: after,
    });
  }

  private now(): number {
    return FIRST_CHANGE_MS + this.position - FIRST_POSITION;
  }

  private source(table: string): object {
    return {
      version: '2.7.0.Final',
      connector: 'postgresql',
      name: this.name,
      ts_ms: this.now(),
      snapshot: 'false',
      db: this.name,
      sequence: JSON.stringify([String(this.position - STEP), String(this.position)]),
      schema: 'public',
      table,
      txId: this.position,
      lsn: this.position,
      xmin: null,
    };
  }
}
