import { expectationOf, type Expectation } from '../oracle/expectation';
import { distributedSchedule } from '../schedule/distributed-schedule';
import { embeddedSchedule } from '../schedule/embedded-schedule';
import type { Fault } from '../schedule/fault';
import { Chance } from '../workload/random';
import { makeWorkload, type Workload } from '../workload/workload';

/** Seeds that share their input, so that one run without faults serves them all. */
export const SEEDS_PER_WORKLOAD = 5;

const BATCHES = [10, 50, 200, 2000];

export const PROFILES = ['embedded', 'distributed'] as const;
export type Profile = (typeof PROFILES)[number];

export interface PlanOptions {
  seed: number;
  profile: Profile;
  /** About so many messages. */
  events: number;
  /** One of so many messages is spoilt; 0 = none. */
  poisonEvery: number;
  /** Of Kafka, on the distributed profile. */
  brokers: number;
}

/** All that a seed decides. */
export interface Plan {
  seed: number;
  profile: Profile;
  workload: Workload;
  expectation: Expectation;
  batch: number;
  faults: Fault[];
}

export function planOf({ seed, profile, events, poisonEvery, brokers }: PlanOptions): Plan {
  const workloadSeed = seed - (seed % SEEDS_PER_WORKLOAD);
  const workload = makeWorkload({ seed: workloadSeed, events, poisonEvery });
  const chance = new Chance(seed * 7_919 + 1);
  const batch = chance.oneOf(BATCHES);
  const chunks = workload.chunks.length;
  return {
    seed,
    profile,
    workload,
    expectation: expectationOf(workload),
    batch,
    faults:
      profile === 'embedded' ? embeddedSchedule(chance, chunks) : distributedSchedule(chance, chunks, brokers > 1),
  };
}
