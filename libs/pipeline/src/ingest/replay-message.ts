import type { LogMessage, ReceivedMessage } from '../shared/event-log.port';
import type { DeadLetter } from './ingest-store.port';

const LETTER = 'syncline.replay.letter';
const TOPIC = 'syncline.replay.topic';
const PARTITION = 'syncline.replay.partition';
const OFFSET = 'syncline.replay.offset';
const TIMESTAMP = 'syncline.replay.timestamp';
const OWN = [LETTER, TOPIC, PARTITION, OFFSET, TIMESTAMP];

/** A message that comes back from the dead letters: as it was, with its original place. */
export interface ReplayedMessage extends ReceivedMessage {
  letterId: string;
  topic: string;
  partition: number;
}

/**
 * Puts a letter on the replay topic; its place and time travel in headers beside its own. The message itself has the
 * time of its appending: retention goes by it, and must not take an old letter before it was read.
 */
export function replayMessage(letter: DeadLetter, appendedAt: number): LogMessage {
  return {
    key: letter.key,
    value: letter.value,
    timestamp: appendedAt,
    headers: {
      ...letter.headers,
      [LETTER]: letter.id,
      [TOPIC]: letter.topic,
      [PARTITION]: String(letter.partition),
      [OFFSET]: String(letter.offset),
      [TIMESTAMP]: String(letter.timestamp),
    },
  };
}

/** Takes it off again; null for a message that no replay made. */
export function readReplayMessage(message: ReceivedMessage): ReplayedMessage | null {
  const headers = { ...message.headers };
  const [letterId, topic, partition, offset, time] = OWN.map((name) => headers[name]);
  if (letterId === undefined || topic === undefined) return null;
  for (const name of OWN) delete headers[name];
  const timestamp = time === undefined ? message.timestamp : Number(time);
  return { ...message, headers, letterId, topic, timestamp, partition: Number(partition), offset: Number(offset) };
}
