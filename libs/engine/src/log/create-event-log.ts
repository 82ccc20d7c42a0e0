import type { EventLog } from '@syncline/pipeline';
import { EmbeddedEventLog } from './embedded/embedded-event-log';
import { logError } from './errors';
import type { EventLogConfig, EventLogDeps } from './event-log-config';
import { KafkaEventLog } from './kafka/kafka-event-log';

/** The event log that the configuration names. Whether the topology can work with it is the composition's matter. */
export async function createEventLog(config: EventLogConfig, deps: EventLogDeps): Promise<EventLog> {
  if (config.kind === 'kafka') return new KafkaEventLog(config, deps);
  const { database } = deps;
  if (database === undefined) {
    throw logError('LOG_DATABASE_MISSING', 'The embedded event log was asked for without a local database.');
  }
  return EmbeddedEventLog.open(config, { ...deps, database });
}
