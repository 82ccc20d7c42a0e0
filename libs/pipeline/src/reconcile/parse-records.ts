import { RECORD_CATALOGUE, SynclineError, type SourceRecord } from '@syncline/model';
import type { ReceivedMessage } from '../shared/event-log.port';

/**
 * Reads a message of the records topic.
 * @throws SynclineError RECORD_MALFORMED (poison) for anything that ingest would not have written
 */
export function parseRecord(message: ReceivedMessage): SourceRecord {
  let value: unknown;
  try {
    value = JSON.parse(message.value?.toString() ?? '');
  } catch (cause) {
    throw malformed('the value is not JSON', cause);
  }
  if (!isRecord(value)) throw malformed('the value is not a record of a known kind');
  return value;
}

function isRecord(value: unknown): value is SourceRecord {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Partial<SourceRecord>;
  return (
    typeof record.system === 'string' &&
    typeof record.kind === 'string' &&
    Object.hasOwn(RECORD_CATALOGUE, record.kind) &&
    typeof record.key === 'string' &&
    typeof record.version === 'string' &&
    typeof record.deleted === 'boolean' &&
    typeof record.fields === 'object' &&
    record.fields !== null &&
    typeof record.refs === 'object' &&
    record.refs !== null &&
    typeof record.origin === 'object'
  );
}

function malformed(message: string, cause?: unknown): SynclineError {
  return new SynclineError({
    code: 'RECORD_MALFORMED',
    kind: 'poison',
    class: 'parse',
    message: `a message of the records topic can't be read: ${message}`,
    advice: 'Only Syncline itself writes to this topic; find out who else does.',
    cause,
  });
}
