import { join, parse } from 'node:path';
import { createEventLog, type EventLogConfig } from '@syncline/engine/log';
import { createJobQueue, type JobQueueConfig } from '@syncline/engine/jobs';
import { createStore, openLocalDatabase, type Store, type StoreConfig } from '@syncline/engine/store';
import type { EventLog, JobQueue, LocalDatabase } from '@syncline/pipeline/shared';
import type { KafkaLogSettings, ShutdownSequence, SynclineConfig } from '@syncline/platform';
import type { Logger } from 'pino';

const DAY_MS = 86_400_000;

/** The implementations that a process runs on. */
export interface Engine {
  store: Store;
  log: EventLog;
  queue: JobQueue;
}

/** Opens what the profile names, migrates the store, and registers the closing of each. */
export async function buildEngine(config: SynclineConfig, logger: Logger, shutdown: ShutdownSequence): Promise<Engine> {
  const store = await createStore(storeConfigOf(config));
  shutdown.add('databases', 'store', () => store.close());
  await store.migrate();
  const database = config.profile.store.kind === 'sqlite' ? openLog(config.profile.store.path, shutdown) : undefined;
  const log = await createEventLog(logConfigOf(config), {
    ...(database ? { database } : {}),
    now: () => Date.now(),
    logger: {
      warn: (message, fields) => logger.warn(fields, message),
      error: (message, fields) => logger.error(fields, message),
    },
  });
  shutdown.add('producers', 'event log', () => log.close());
  const queue = await createJobQueue(queueConfigOf(config), {
    ...(database ? { database } : {}),
    now: () => Date.now(),
  });
  shutdown.add('producers', 'job queue', () => queue.close());
  return { store, log, queue };
}

/** Log and job queue in a file of their own beside the store's. */
function openLog(storePath: string, shutdown: ShutdownSequence): LocalDatabase {
  const database = openLocalDatabase(logPathOf(storePath));
  shutdown.add('databases', 'log database', () => database.close());
  return database;
}

/** `…/syncline.db` → `…/syncline-log.db` */
export function logPathOf(storePath: string): string {
  const { dir, name, ext } = parse(storePath);
  return join(dir, `${name}-log${ext}`);
}

/** Partitions of each topic that Syncline makes. */
export function partitionsOf({ profile }: SynclineConfig): number {
  return profile.eventLog.kind === 'kafka' ? profile.eventLog.partitions : 1;
}

/** How the store is opened. */
export function storeConfigOf({ profile: { store } }: SynclineConfig): StoreConfig {
  if (store.kind === 'sqlite') return { kind: 'sqlite', path: store.path };
  return { kind: store.kind, url: store.url.reveal(), poolSize: store.poolSize };
}

function logConfigOf({ profile: { eventLog } }: SynclineConfig): EventLogConfig {
  if (eventLog.kind === 'embedded') return { kind: 'embedded', retentionMs: eventLog.retentionDays * DAY_MS };
  const { brokers, clientId, replicationFactor, tls } = eventLog;
  return { kind: 'kafka', brokers, clientId, replicationFactor, ssl: tls, ...saslOf(eventLog) };
}

function saslOf({ sasl }: KafkaLogSettings): { sasl?: { mechanism: 'plain'; username: string; password: string } } {
  if (!sasl) return {};
  const { mechanism, username, password } = sasl;
  return { sasl: { mechanism: mechanism as 'plain', username, password: password.reveal() } };
}

function queueConfigOf({ profile: { jobQueue } }: SynclineConfig): JobQueueConfig {
  if (jobQueue.kind === 'embedded') return { kind: 'embedded' };
  return { kind: 'bullmq', url: jobQueue.url.reveal(), prefix: jobQueue.prefix };
}
