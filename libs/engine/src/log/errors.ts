import { SynclineError, type ErrorClass, type ErrorKind } from '@syncline/model';

interface LogErrorEntry {
  kind: ErrorKind;
  class?: ErrorClass;
  meaning: string;
  advice: string;
}

/** Every error code of the event logs. */
export const LOG_ERRORS = {
  LOG_TOPIC_MISSING: {
    kind: 'fatal',
    meaning: 'A topic was written, read or asked about that nobody has created.',
    advice:
      'Create the topic (`ensureTopics` at start, or your Kafka deployment) and check its name in the configuration.',
  },
  LOG_UNAVAILABLE: {
    kind: 'transient',
    class: 'connection',
    meaning: 'The event log could not be reached or did not answer in time.',
    advice:
      'Check that the brokers run and that `brokers` and `event_log.tls` are right: brokers that want TLS close a plain ' +
      'connection without a word. The work is tried again.',
  },
  LOG_UNAUTHORIZED: {
    kind: 'fatal',
    class: 'authorization',
    meaning: 'The brokers refused the credentials, or the user may not use this topic or group.',
    advice:
      'Check `event_log.sasl`: user, password and mechanism; and the access rules of the user’s topics and groups.',
  },
  LOG_TLS_FAILED: {
    kind: 'fatal',
    class: 'connection',
    meaning: 'A broker was reached, but no encrypted connection came about that could be trusted.',
    advice:
      'Look at `event_log.tls`: ca_file has to hold the authority of the brokers’ certificates, which have to name the ' +
      'hosts in `brokers` (or server_name). `openssl s_client -connect host:port` shows what a broker presents.',
  },
  LOG_MESSAGE_TOO_LARGE: {
    kind: 'poison',
    class: 'too_large',
    meaning: 'One message is larger than the log takes.',
    advice: 'Raise `message.max.bytes` of the topic, or make the source send less in one message.',
  },
  LOG_CONSUMER_CRASHED: {
    kind: 'fatal',
    meaning: 'A consumer met an error after which it does not go on by itself.',
    advice: 'Restart the process; the cause is in the log. Nothing is lost: reading goes on from the last commit.',
  },
  LOG_GROUP_TAKEN: {
    kind: 'fatal',
    meaning: 'A second consumer of the same group asked for a topic of the embedded log, where a group has one member.',
    advice: 'Run each stage once on the embedded profile, or use the distributed profile.',
  },
  LOG_CLOSED: {
    kind: 'fatal',
    meaning: 'The event log was used after it was closed.',
    advice: 'Stop what uses the log before closing it; restart the process.',
  },
  LOG_DATABASE_MISSING: {
    kind: 'fatal',
    meaning: 'The embedded event log was asked for without a local database.',
    advice: 'The embedded log needs the embedded store; choose both with the embedded profile.',
  },
  LOG_CHUNK_UNREADABLE: {
    kind: 'fatal',
    meaning: 'A stored piece of the embedded log can not be decoded: the database file is damaged.',
    advice: 'Restore the database file from a backup.',
  },
} as const satisfies Record<string, LogErrorEntry>;

export type LogErrorCode = keyof typeof LOG_ERRORS;

/** An error of the catalogue. `message` says what was being done; it holds no payload and no secret. */
export function logError(
  code: LogErrorCode,
  message: string,
  more: { where?: string; cause?: unknown } = {},
): SynclineError {
  const entry: LogErrorEntry = LOG_ERRORS[code];
  return new SynclineError({ code, kind: entry.kind, class: entry.class, message, advice: entry.advice, ...more });
}
