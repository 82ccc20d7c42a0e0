export type StoredRow = Record<string, unknown>;

/** A message of one of Syncline's own topics. */
export interface PublishedMessage {
  headers: Record<string, string>;
  value: string;
}

/** Looks at what an installation has come to. */
export interface StateReader {
  rows(sql: string): Promise<StoredRow[]>;
  published(topic: string): Promise<PublishedMessage[]>;
  close(): Promise<void>;
}
