import {
  ExactIdentityResolution,
  RECONCILE_STAGE,
  type ReconcileBatchParts,
  type ReconcileRules,
} from '@syncline/pipeline/reconcile';
import type { SynclineConfig } from '@syncline/platform';
import type { ProcessContext } from '../process/process-context';

/** Systems that the configuration no longer has come last. */
const LAST_PRIORITY = 1_000_000;

/** ISO 4217's code for no currency: what a system had that the configuration no longer names is never converted. */
const NO_CURRENCY = 'XXX';

/** What reconcile has to know of the installation. */
export function reconcileRules({ systems, crossReferences, survivorship }: SynclineConfig): ReconcileRules {
  const currencies = new Map(systems.map(({ name, currency }) => [name, currency]));
  const priorities = new Map(systems.map(({ name, priority }) => [name, priority]));
  const priorityOf = (system: string): number => priorities.get(system) ?? LAST_PRIORITY;
  return {
    currencyOf: (system) => currencies.get(system) ?? NO_CURRENCY,
    crossReferences,
    survivorship: { ruleOf: (attribute) => survivorship.attributes.get(attribute) ?? survivorship.default, priorityOf },
    identity: new ExactIdentityResolution(priorityOf),
  };
}

/** The parts of the reconcile stage. */
export function reconcileParts({ config, engine, clock, metrics, relays }: ProcessContext): ReconcileBatchParts {
  const relay = relays.start(RECONCILE_STAGE);
  return {
    store: engine.store.reconcile,
    deadLetters: engine.store.deadLetters,
    rules: reconcileRules(config),
    clock,
    metrics,
    afterCommit: () => relay.notify(),
  };
}
