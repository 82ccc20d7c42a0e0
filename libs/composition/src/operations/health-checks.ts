import { SynclineError } from '@syncline/model';
import type { HealthCheck } from '@syncline/pipeline/publish';
import { TOPICS } from '@syncline/pipeline/shared';
import type { BatchLogServer } from '@syncline/pipeline/shared/transport';
import type { Engine } from '../engine/build-engine';

/** What has to work for this process to be ready: the store, the log, and every stage that runs here. */
export function healthChecks({ store, log }: Engine, server: BatchLogServer | null): HealthCheck[] {
  return [
    { name: 'store', check: () => store.ping() },
    { name: 'event_log', check: async () => void (await log.positions('syncline.health', [TOPICS.records])) },
    { name: 'stages', check: async () => stagesRun(server) },
  ];
}

function stagesRun(server: BatchLogServer | null): void {
  const failed = server?.stageStatuses().filter(({ state }) => state === 'FAILED' || state === 'STARTING') ?? [];
  if (failed.length === 0) return;
  const names = failed.map(({ name, state }) => `${name} is ${state}`).join(', ');
  throw new SynclineError({ code: 'STAGE_CRASHED', kind: 'transient', message: names });
}
