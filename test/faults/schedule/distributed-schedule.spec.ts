import { Chance } from '../workload/random';
import { distributedSchedule } from './distributed-schedule';
import { faultName } from './fault';

const SEEDS = Array.from({ length: 200 }, (_, at) => at + 1);
const CHUNKS = 30;

/** Names of the faults of many seeds. */
function namesOf(cluster: boolean): Set<string> {
  return new Set(SEEDS.flatMap((seed) => distributedSchedule(new Chance(seed), CHUNKS, cluster).map(faultName)));
}

describe('distributedSchedule', () => {
  it('loses brokers with every seed where there are some to lose, and never elsewhere', () => {
    const lost = /^(broker|leader) lost/;
    for (const seed of SEEDS) {
      const names = distributedSchedule(new Chance(seed), CHUNKS, true).map(faultName);
      expect(names.filter((name) => lost.test(name)).length).toBeGreaterThan(0);
    }
    expect([...namesOf(false)].filter((name) => lost.test(name))).toEqual([]);
    expect([...namesOf(true)].filter((name) => lost.test(name)).sort()).toEqual([
      'broker lost',
      'broker lost, then a leader',
      'leader lost',
    ]);
  });

  it('loses offsets in both ways, once a part of the input has been read', () => {
    const names = namesOf(false);
    for (const how of ['deleted', 'earliest']) expect(names).toContain(`offsets ${how}`);
    const losses = SEEDS.flatMap((seed) => distributedSchedule(new Chance(seed), CHUNKS, false)).filter(
      ({ kind }) => kind === 'offsets_lost',
    );
    expect(Math.min(...losses.map(({ atChunk }) => atChunk))).toBeGreaterThanOrEqual(CHUNKS / 3);
  });

  it('is decided by the seed alone, in the order of the chunks', () => {
    const [one, again] = [1, 2].map(() => distributedSchedule(new Chance(7), CHUNKS, true));
    expect(one).toEqual(again);
    const chunks = one!.map(({ atChunk }) => atChunk);
    expect(chunks).toEqual([...chunks].sort((x, y) => x - y));
  });
});
