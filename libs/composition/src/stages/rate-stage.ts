import { SynclineError } from '@syncline/model';
import { RATE_STAGE, type RateParts } from '@syncline/pipeline/rate';
import type { ProcessContext } from '../process/process-context';

/** The parts of the rate stage. */
export function rateParts({ config, policy, engine, clock, metrics, logger, relays }: ProcessContext): RateParts {
  const relay = relays.start(RATE_STAGE);
  return {
    store: engine.store.rate,
    policy,
    systems: config.systems,
    clock,
    metrics,
    afterCommit: () => relay.notify(),
    onCalendarError: (error) => {
      const code = error instanceof SynclineError ? error.code : 'UNEXPECTED';
      logger.error({ stage: RATE_STAGE, code, err: error }, 'rating by the calendar failed; it is tried again');
    },
  };
}
