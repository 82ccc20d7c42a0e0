import type { Instant, SourceVersion } from '@syncline/model';

/** The columns of one row or document. A column that is not there is absent, not null. */
export type Row = Readonly<Record<string, unknown>>;

export type ChangeOperation =
  'create' | 'update' | 'delete' | 'snapshot' | 'truncate' | 'message' | 'tombstone' | 'heartbeat';

/** One change of one row, whatever the encoding it came in. */
export interface ChangeEvent {
  op: ChangeOperation;
  /** Name of the table (topic without the system's prefix). */
  source: string;
  /** Type of a CloudEvent: the mapping may name this instead of the table. */
  eventType?: string;
  /** The row before the change; it may hold the key columns alone. */
  before: Row | null;
  after: Row | null;
  /** The key columns of the message. */
  key: Row | null;
  /** Position in the source; null = the message has none, the mapping names the version. */
  version: SourceVersion | null;
  changedAt?: Instant;
  /** On a delete: the key columns that the row has now; it was renamed, not lost. */
  renamedTo?: Row;
  /** On a create: the key columns that the row had. */
  renamedFrom?: Row;
  topic: string;
  partition: number;
  offset: number;
}
