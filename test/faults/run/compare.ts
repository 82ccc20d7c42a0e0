import { oracleDifferences } from '../oracle/compare-with-oracle';
import { comparableState, differences, type ComparableState } from '../state/comparable-state';
import { deliveryRows } from '../state/delivery-rows';
import { publishedFlaws, writesBackwards } from '../state/published-flaws';
import type { StateReader } from '../state/state-reader';
import type { RecordingTarget } from '../target/recording-target';
import { targetFlaws } from '../target/target-flaws';
import type { Plan } from './plan';

/** Holds what an installation has come to against the oracle, the run without faults, its events and its target. */
export async function compareWithAll(
  plan: Plan,
  state: StateReader,
  target: RecordingTarget,
  reference: ComparableState | null,
): Promise<{ differences: string[]; state: ComparableState }> {
  try {
    const comparable = await comparableState(state);
    return {
      state: comparable,
      differences: [
        ...(await oracleDifferences(plan.expectation, state)),
        ...(reference ? differences(reference, comparable) : []),
        ...(await publishedFlaws(state)),
        ...(await writesBackwards(state, target.applied)),
        ...targetFlaws(target, await deliveryRows(state)),
      ],
    };
  } finally {
    await state.close();
  }
}
