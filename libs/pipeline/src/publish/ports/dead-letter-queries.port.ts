import type { ErrorClass, Instant } from '@syncline/model';
import type { DeadLetter, DeadLetterStatus } from '../../ingest/ingest-store.port';

export interface DeadLetterFilter {
  status?: DeadLetterStatus;
  system?: string;
  topic?: string;
  code?: string;
  class?: ErrorClass;
}

export interface DeadLetterCount {
  system: string;
  stage: string;
  class: ErrorClass;
  status: DeadLetterStatus;
  count: number;
}

export interface DeadLetterQueries {
  /** The newest first by (first failure, id), after the given one. */
  page(
    filter: DeadLetterFilter,
    after: { firstFailedAt: Instant; id: string } | null,
    limit: number,
  ): Promise<DeadLetter[]>;
  counts(): Promise<DeadLetterCount[]>;
}

export const DEAD_LETTER_QUERIES = Symbol('DeadLetterQueries');
