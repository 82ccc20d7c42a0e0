import type { LogMessage, ReceivedMessage } from '../shared/event-log.port';
import type { DeadLetter } from './ingest-store.port';

const LETTER = 'syncline.replay.letter';
const TOPIC = 'syncline.replay.topic';
const PARTITION = 'syncline.replay.partition';
const OFFSET = 'syncline.replay.offset';
const OWN = [LETTER, TOPIC, PARTITION, OFFSET];

/** A message that comes back from the dead letters: as it was, with its original place. */
export interface ReplayedMessage extends ReceivedMessage {
  letterId: string;
  topic: string;
  partition: number;
}

/** Puts a letter on the replay topic; its place travels in headers beside its own. */
export function replayMessage(letter: DeadLetter): LogMessage {
  return {
    key: letter.key,
    value: letter.value,
    timestamp: letter.timestamp,
    headers: {
      ...letter.headers,
      [LETTER]: letter.id,
      [TOPIC]: letter.topic,
      [PARTITION]: String(letter.partition),
      [OFFSET]: String(letter.offset),
    },
  };
}

/** Takes it off again; null for a message that no replay made. */
export function readReplayMessage(message: ReceivedMessage): ReplayedMessage | null {
  const headers = { ...message.headers };
  const [letterId, topic, partition, offset] = OWN.map((name) => headers[name]);
  if (letterId === undefined || topic === undefined) return null;
  for (const name of OWN) delete headers[name];
  return { ...message, headers, letterId, topic, partition: Number(partition), offset: Number(offset) };
}
