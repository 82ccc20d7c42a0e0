import type { ReceivedMessage } from '@syncline/pipeline';
import type { IHeaders, KafkaMessage } from 'kafkajs';

/** A message of kafkajs in the port's form. Offsets stay exact as numbers up to 2^53. */
export function toReceived(message: KafkaMessage): ReceivedMessage {
  const received: ReceivedMessage = {
    key: message.key,
    value: message.value,
    timestamp: Number(message.timestamp),
    offset: Number(message.offset),
  };
  const headers = message.headers && readHeaders(message.headers);
  if (headers) received.headers = headers;
  return received;
}

/** Header values are text; of a repeated header the last one counts. */
function readHeaders(headers: IHeaders): Record<string, string> | undefined {
  let read: Record<string, string> | undefined;
  for (const name in headers) {
    const given = headers[name];
    const value = Array.isArray(given) ? given[given.length - 1] : given;
    if (value === undefined) continue;
    (read ??= {})[name] = value.toString();
  }
  return read;
}
