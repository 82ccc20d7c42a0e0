import { SynclineError, type SourceRecord } from '@syncline/model';
import { decodeMessage, type SourceMessage } from './decode';
import { ingestError } from './errors';
import type { IngestSystem } from './source-registry';

/** What became of one message. */
export type MappedMessage =
  | { outcome: 'records'; records: SourceRecord[]; changedAt?: string }
  | { outcome: 'ignored' }
  | { outcome: 'failed'; error: SynclineError };

/** Decodes and maps one message; its own failure is a result, not an exception. Pure. */
export function mapMessage(message: SourceMessage, { system, mapping }: IngestSystem): MappedMessage {
  try {
    const event = decodeMessage(message, system.topicPrefix);
    if (event.op === 'heartbeat') return { outcome: 'ignored' };
    const coverage = mapping.covers(event.source, event.eventType);
    if (coverage === 'ignored') return { outcome: 'ignored' };
    if (coverage === 'unknown')
      throw ingestError('INGEST_TOPIC_UNKNOWN', `the mapping ${mapping.id} neither maps nor ignores ${event.source}`);
    return {
      outcome: 'records',
      records: mapping.run(event),
      ...(event.changedAt === undefined ? {} : { changedAt: event.changedAt }),
    };
  } catch (error) {
    return { outcome: 'failed', error: asPoison(error) };
  }
}

/** A failure that nobody foresaw is the message's too: it must not stop the others. */
function asPoison(error: unknown): SynclineError {
  if (error instanceof SynclineError) return error;
  const name = error instanceof Error ? error.name : typeof error;
  return ingestError('INGEST_INTERNAL', `ingest failed on the message: ${name}`, { cause: error });
}
