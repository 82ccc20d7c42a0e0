import { expectationOf, type Expectation } from '../oracle/expectation';
import { embeddedSchedule } from '../schedule/embedded-schedule';
import type { Fault } from '../schedule/fault';
import { Chance } from '../workload/random';
import { makeWorkload, type Workload } from '../workload/workload';

/** Seeds that share their input, so that one run without faults serves them all. */
export const SEEDS_PER_WORKLOAD = 5;

const BATCHES = [10, 50, 200, 2000];

/** All that a seed decides. */
export interface Plan {
  seed: number;
  workload: Workload;
  expectation: Expectation;
  batch: number;
  faults: Fault[];
}

export function planOf(seed: number, events: number, poisonEvery: number): Plan {
  const workloadSeed = seed - (seed % SEEDS_PER_WORKLOAD);
  const workload = makeWorkload({ seed: workloadSeed, events, poisonEvery });
  const chance = new Chance(seed * 7_919 + 1);
  return {
    seed,
    workload,
    expectation: expectationOf(workload),
    batch: chance.oneOf(BATCHES),
    faults: embeddedSchedule(chance, workload.chunks.length),
  };
}
