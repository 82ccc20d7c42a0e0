import { restAdapter, secretSource, sqlAdapter, trytonAdapter } from '@syncline/adapters';
import type { Adapter, DeliverParts } from '@syncline/pipeline/deliver';
import type { ProcessContext } from '../process/process-context';

/** Every adapter that an installation can name. */
export const ADAPTER_REGISTRY: readonly Adapter[] = [sqlAdapter(), restAdapter(), trytonAdapter()];

/** The parts of the deliver stage. */
export function deliverParts({ engine, targets, clock, logger, relays }: ProcessContext): DeliverParts {
  relays.start('deliver');
  return {
    store: engine.store.delivery,
    deadLetters: engine.store.deadLetters,
    queue: engine.queue,
    targets,
    adapters: ADAPTER_REGISTRY,
    secrets: secretSource(process.env),
    clock,
    log: {
      warn: (message, details) => logger.warn(details ?? {}, message),
      error: (message, details) => logger.error(details ?? {}, message),
    },
  };
}
