import type { DeadLetter } from '../../ingest/ingest-store.port';
import type { ReplayOutcome } from '../ports/commands.port';
import { seesMessageBytes, type Role } from '../access/roles';

/** A dead letter in a list: the cause, nothing of the message but its parking key. */
export function deadLetterView(letter: DeadLetter) {
  return {
    id: letter.id,
    stage: letter.stage,
    system: letter.system,
    topic: letter.topic,
    partition: letter.partition,
    offset: letter.offset,
    parking_key: letter.parkingKey,
    code: letter.errorCode,
    class: letter.errorClass,
    message: letter.errorMessage,
    where: letter.errorWhere,
    advice: letter.advice,
    mapping: letter.mapping,
    attempts: letter.attempts,
    status: letter.status,
    first_failed_at: letter.firstFailedAt,
    last_failed_at: letter.lastFailedAt,
  };
}

/** A dead letter with, for operators, the message as it came. */
export function deadLetterDetail(letter: DeadLetter, role: Role) {
  const view = { ...deadLetterView(letter), timestamp: letter.timestamp };
  if (!seesMessageBytes(role)) return view;
  return {
    ...view,
    headers: letter.headers,
    key_base64: letter.key?.toString('base64') ?? null,
    value_base64: letter.value?.toString('base64') ?? null,
  };
}

/** What a replay does with one letter; the records that would come out are business data, for operators alone. */
export function replayView({ preview, ...outcome }: ReplayOutcome, role: Role) {
  if (preview === undefined || !seesMessageBytes(role)) return outcome;
  return {
    ...outcome,
    preview: preview.map(({ system, kind, key, deleted, fields, refs }) => ({
      system,
      kind,
      key,
      deleted,
      fields,
      refs,
    })),
  };
}
