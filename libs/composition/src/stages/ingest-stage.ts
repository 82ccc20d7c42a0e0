import type { IngestParts, LagBound } from '@syncline/pipeline/ingest';
import type { ProcessContext } from '../process/process-context';
import { stageBindings } from '../process/stage-bindings';

/** Messages that may wait before ingest; beyond it the front door asks its callers to come back later. */
const MOST_LAG = 200_000;

/** The parts of the ingest stage. */
export function ingestParts({ engine, sources, clock, metrics }: ProcessContext): IngestParts {
  return { log: engine.log, deadLetters: engine.store.deadLetters, sources, clock, metrics };
}

/** How far ingest and reconcile may be behind before the front door takes no more. */
export function lagBound({ config }: ProcessContext): LagBound {
  const bindings = [...stageBindings('ingest', config), ...stageBindings('reconcile', config)];
  return { groups: bindings.map(({ group, topics }) => ({ group, topics })), most: MOST_LAG };
}
