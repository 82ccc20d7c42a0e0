import { setTimeout as pause } from 'node:timers/promises';
import { SynclineError } from '@syncline/model';
import { CatchUpGate, RATE_STAGE, type RateParts } from '@syncline/pipeline/rate';
import { backlogOf } from '@syncline/pipeline/shared';
import type { ProcessContext } from '../process/process-context';
import { stageBindings } from '../process/stage-bindings';

/** The parts of the rate stage. */
export function rateParts(context: ProcessContext): RateParts {
  const { config, engine, clock, metrics, logger, relays } = context;
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
    gate: catchUpGate(context),
    afterCommit: () => relay.notify(),
    onCalendarError: (error) => {
      const code = error instanceof SynclineError ? error.code : 'UNEXPECTED';
      logger.error({ stage: RATE_STAGE, code, err: error }, 'rating by the calendar failed; it is tried again');
    },
  };
}

/** Ingest and reconcile are ahead of rate, whichever processes run them: their positions stand in the log. */
function catchUpGate({ config, engine, clock }: ProcessContext): CatchUpGate {
  const groups = (['ingest', 'reconcile'] as const).flatMap((stage) => stageBindings(stage, config));
  const { backlogMessages, patienceSeconds } = config.profile.rate;
  return new CatchUpGate({
    backlogMessages,
    patienceMs: patienceSeconds * 1_000,
    backlog: () => backlogOf(engine.log, groups),
    clock,
    pause,
  });
}
