import { join, parse } from 'node:path';
import { createEventLog } from '@syncline/engine/log';
import { createJobQueue } from '@syncline/engine/jobs';
import { createStore, openLocalDatabase, type Store } from '@syncline/engine/store';
import { SynclineError } from '@syncline/model';
import type { EventLog, JobQueue, LocalDatabase } from '@syncline/pipeline/shared';
import type { ShutdownSequence, SynclineConfig } from '@syncline/platform';
import type { Logger } from 'pino';
import { logConfigOf, queueConfigOf, storeConfigOf } from './engine-config';

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
  await refuseWrongQueue(queue);
  return { store, log, queue };
}

/** A queue that is away only costs time. One that will never let this process in would cost it without a word. */
async function refuseWrongQueue(queue: JobQueue): Promise<void> {
  try {
    await queue.ping();
  } catch (error) {
    if (error instanceof SynclineError && error.kind === 'fatal') throw error;
  }
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
