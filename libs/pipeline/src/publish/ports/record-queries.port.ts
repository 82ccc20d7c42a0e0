import type { RecordId, RecordKind } from '@syncline/model';
import type { RecordProvenance } from './customer-queries.port';

/** Records that wait because a reference of theirs names a record that has not come. */
export interface WaitingCount {
  system: string;
  kind: RecordKind;
  /** The reference that leads nowhere yet. */
  reference: string;
  to: RecordKind;
  /** Without it the records mean nothing; otherwise they count already and join when it comes. */
  required: boolean;
  count: number;
  /** A few of their keys and of the keys they wait for. */
  examples: { key: string; waitsFor: string }[];
}

/** What the API reads of the records behind a number. */
export interface RecordQueries {
  find(ids: RecordId[]): Promise<RecordProvenance[]>;
  /** Records of these kinds that refer to any of the targets. */
  referrers(targets: RecordId[], kinds: RecordKind[]): Promise<RecordProvenance[]>;
  waiting(examples: number): Promise<WaitingCount[]>;
}

export const RECORD_QUERIES = Symbol('RecordQueries');
