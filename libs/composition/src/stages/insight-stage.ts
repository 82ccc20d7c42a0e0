import { baseFigures } from '@syncline/analytics';
import { SynclineError } from '@syncline/model';
import { INSIGHT_STAGE, type CompareBuyers, type InsightParts } from '@syncline/pipeline/insight';
import type { ProcessContext } from '../process/process-context';
import { computeOnThread } from '../threads/computation-thread';

const compareOnThread: CompareBuyers = (buyers, options, signal) =>
  computeOnThread({ name: 'baseFigures', input: { buyers, options } }, signal);

const compareHere: CompareBuyers = async (buyers, options) => baseFigures(buyers, options);

/** The parts of the daily evaluation of all customers. */
export function insightParts({
  config,
  policyInForce,
  engine,
  clock,
  metrics,
  logger,
  relays,
}: ProcessContext): InsightParts {
  const relay = relays.start(INSIGHT_STAGE);
  return {
    store: engine.store.insight,
    compareBuyers: config.profile.threads.insight === 'own' ? compareOnThread : compareHere,
    policies: policyInForce,
    systems: config.systems,
    clock,
    metrics,
    afterCommit: () => relay.notify(),
    onError: (error) => {
      const code = error instanceof SynclineError ? error.code : 'UNEXPECTED';
      logger.error({ stage: INSIGHT_STAGE, code, err: error }, 'evaluating the customers failed; it is tried again');
    },
  };
}
