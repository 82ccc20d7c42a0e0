import { Kafka, logLevel, type LogEntry } from 'kafkajs';
import { checkedTls } from '../../connection/tls-options';
import type { KafkaLogConfig, LogLogger } from '../event-log-config';

/** Fields of kafkajs' log lines that hold neither payloads nor secrets. */
const SAFE_FIELDS = [
  'groupId',
  'memberId',
  'topic',
  'partition',
  'offset',
  'broker',
  'clientId',
  'error',
  'retryCount',
];

/** The client of one process. Its warnings go to `logger`, everything below a warning is dropped. */
export function createKafkaClient(config: KafkaLogConfig, logger: LogLogger): Kafka {
  return new Kafka({
    clientId: config.clientId,
    brokers: config.brokers,
    ssl: config.tls && checkedTls(config.tls),
    sasl: config.sasl,
    connectionTimeout: 5_000,
    retry: { initialRetryTime: 200, maxRetryTime: 10_000, retries: 6 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => forward(entry, logger),
  });
}

function forward(entry: LogEntry, logger: LogLogger): void {
  // Each refused request is said twice; the layer that acts on it says it with what it will do.
  if (entry.namespace === 'Connection' && entry.log.message.startsWith('Response ')) return;
  const fields: Record<string, string | number> = { component: entry.namespace };
  for (const name of SAFE_FIELDS) {
    const value: unknown = entry.log[name];
    if (typeof value === 'string' || typeof value === 'number') fields[name] = value;
  }
  // kafkajs goes on by itself after its errors; what it can't mend comes out as a crash or a rejection.
  logger.warn(`kafka: ${entry.log.message}`, fields);
}
