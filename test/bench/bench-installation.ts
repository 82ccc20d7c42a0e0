import { join } from 'node:path';
import { composeProcess, loadInstallation, type ProcessRole, type RunningProcess } from '@syncline/composition';
import { createEventLog } from '@syncline/engine/log';
import { openLocalDatabase } from '@syncline/engine/store';
import type { EventLog } from '@syncline/pipeline/shared';
import { createLogger, type SynclineConfig } from '@syncline/platform';
import { copyConfiguration } from './bench-configuration';
import type { Services } from '../e2e/support/installation';
import { WORKLOAD_TABLES, sourcePrefix } from './cases/workload-messages';

/** A day behind the workload's last one. */
const BUSINESS_DATE = '2026-11-20';

/**
 * The shipped configuration, reading the topics of this run, without targets: what is measured is ingest, reconcile
 * and rate. Embedded where no services are given.
 */
export function benchConfiguration(folder: string, run: string, services?: Services): SynclineConfig {
  const editor = copyConfiguration(folder, BUSINESS_DATE);
  editor.replace('systems/erp.yaml', "'erp.public.'", `'${sourcePrefix(run)}'`);
  editor.replace('targets/u8-demo.yaml', 'enabled: true', 'enabled: false');
  const env: Record<string, string> = services
    ? {
        SYNCLINE_KAFKA_BROKERS: services.brokers,
        SYNCLINE_STORE_URL: services.postgresUrl,
        SYNCLINE_REDIS_URL: services.redisUrl,
      }
    : {};
  return loadInstallation(join(folder, 'config'), { profile: services ? 'distributed' : 'embedded', env });
}

/** A role with warnings and errors on standard error, ended by what would end it in production. */
export function startRole(role: ProcessRole, config: SynclineConfig): Promise<RunningProcess> {
  const logger = createLogger({ level: 'warn', role });
  return composeProcess(role, config, {
    logger,
    onFatal: (error) => {
      console.error(error);
      process.exit(1);
    },
  });
}

/** Runs `work` on the embedded log of a folder's database, with the source topics made. */
export async function withEmbeddedLog<T>(
  folder: string,
  run: string,
  work: (log: EventLog) => Promise<T>,
  tables: readonly string[] = WORKLOAD_TABLES,
): Promise<T> {
  const database = openLocalDatabase(join(folder, 'data', 'syncline-log.db'));
  const log = await createEventLog({ kind: 'embedded' }, { database, now: () => Date.now() });
  await log.ensureTopics(tables.map((table) => ({ topic: sourcePrefix(run) + table, partitions: 1 })));
  try {
    return await work(log);
  } finally {
    await log.close();
    await database.close();
  }
}
