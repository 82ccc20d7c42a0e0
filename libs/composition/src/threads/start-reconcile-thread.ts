import { availableParallelism } from 'node:os';
import { RECONCILE_STAGE } from '@syncline/pipeline/reconcile';
import type { StageMetrics } from '@syncline/pipeline/shared';
import type { SynclineConfig } from '@syncline/platform';
import type { Engine } from '../engine/build-engine';
import type { Relays } from '../process/relays';
import { stagesOf, type ProcessRole } from '../roles';
import { reconcileSettings } from '../stages/reconcile-rules';
import { ReconcileThread } from './reconcile-thread';

export interface StartParts {
  role: ProcessRole;
  config: SynclineConfig;
  engine: Engine;
  relays: Relays;
  metrics: StageMetrics;
  onFatal(error: Error, stage: string): void;
}

/** Starts the thread where the profile asks for it and there is something to gain; its relay joins the others. */
export async function startReconcileThread(parts: StartParts): Promise<ReconcileThread | undefined> {
  const { role, config, engine, relays, metrics } = parts;
  const { file } = engine.store;
  if (!file || !isWanted(role, config)) return undefined;
  const thread = await ReconcileThread.start(
    { file, settings: reconcileSettings(config) },
    {
      log: engine.log,
      metrics,
      onRelayError: (error) => relays.report(RECONCILE_STAGE, error),
      onLost: (error) => parts.onFatal(error, RECONCILE_STAGE),
    },
  );
  relays.adopt(RECONCILE_STAGE, thread);
  return thread;
}

/** With all stages in one process a second core is idle; alone, reconcile has the process's thread to itself. */
function isWanted(role: ProcessRole, { profile }: SynclineConfig): boolean {
  if (!stagesOf(role).includes('reconcile')) return false;
  const { reconcile } = profile.threads;
  return reconcile === 'own' || (reconcile === 'auto' && availableParallelism() > 1);
}
