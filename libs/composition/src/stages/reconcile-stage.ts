import { RECONCILE_STAGE, ReconcileBatch } from '@syncline/pipeline/reconcile';
import type { ProcessContext } from '../process/process-context';
import { reconcileRules, reconcileSettings } from './reconcile-rules';

/** Reconcile on its own thread where the process has one, and on the process's otherwise. */
export function reconcileHandler(context: ProcessContext): Pick<ReconcileBatch, 'handle'> {
  const { config, engine, clock, metrics, relays, reconcileThread } = context;
  if (reconcileThread) return reconcileThread;
  const relay = relays.start(RECONCILE_STAGE);
  const stage = new ReconcileBatch({
    store: engine.store.reconcile,
    deadLetters: engine.store.deadLetters,
    rules: reconcileRules(reconcileSettings(config), metrics),
    clock,
    metrics,
    afterCommit: () => relay.notify(),
  });
  // What fails here is tried again, and told, with the first batch.
  stage.begin().catch(() => undefined);
  return stage;
}
