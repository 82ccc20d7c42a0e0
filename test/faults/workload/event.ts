/** Why a message can't be handled, and what that does to others; written down by whoever spoilt it. */
export interface Poison {
  /** The code that its dead letter must have. */
  code: string;
  /** Refused before it reaches a log: it parks no key. */
  atFrontDoor: boolean;
}

export type Row = Record<string, string | number | boolean | null>;

/** One message of a source, as it is sent, with what the oracle needs to know of it. */
export interface SourceEvent {
  system: string;
  topic: string;
  /** JSON; null = a message without a key. */
  key: string | null;
  /** JSON, or what is left of it. */
  value: string;
  table: string;
  id: number;
  /** Grows with every change of the system. */
  position: number;
  /** The row after the change; null = deleted. */
  row: Row | null;
  poison?: Poison;
  /** Sent instead of a line made of topic, key and value. */
  rawLine?: string;
}

/** The line that `POST /ingest/{system}` takes. */
export function lineOf({ rawLine, topic, key, value }: SourceEvent): string {
  return rawLine ?? `{"topic":${JSON.stringify(topic)},"key":${key ?? 'null'},"value":${value}}`;
}
