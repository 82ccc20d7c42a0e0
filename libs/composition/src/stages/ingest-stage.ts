import type { IngestParts, LagBound } from '@syncline/pipeline/ingest';
import type { ProcessContext } from '../process/process-context';
import { stageBindings } from '../process/stage-bindings';

/** The parts of the ingest stage. */
export function ingestParts({ engine, sources, clock, metrics }: ProcessContext): IngestParts {
  return { log: engine.log, deadLetters: engine.store.deadLetters, sources, clock, metrics };
}

/** Reconcile is the slowest stage by far and reads one topic: how far it is behind costs one look. */
export function lagBound({ config }: ProcessContext): LagBound {
  return {
    groups: stageBindings('reconcile', config).map(({ group, topics }) => ({ group, topics })),
    most: config.profile.batch.mostWaiting,
  };
}
