import { SynclineError } from '@syncline/model';
import { RATE_STAGE, type RateParts } from '@syncline/pipeline/rate';
import type { ProcessContext } from '../process/process-context';

/** The parts of the rate stage. */
export function rateParts({ config, engine, clock, metrics, logger, relays }: ProcessContext): RateParts {
  const relay = relays.start(RATE_STAGE);
  return {
    store: engine.store.rate,
    policies: engine.store.policies,
    policy: config.policy,
    policyApprovalAbove: config.policyApprovalAbove,
    onPolicyWaiting: ({ id, version, impact }) => {
      const facts = { stage: RATE_STAGE, policy: id, version, customers: impact?.customers, moved: impact?.moved };
      logger.warn(facts, 'a new credit policy moves many customers; it waits for approval (syncline policy list)');
    },
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
