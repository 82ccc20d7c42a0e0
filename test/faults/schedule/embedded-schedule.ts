import type { Chance } from '../workload/random';
import type { Fault, FaultKind } from './fault';

type Make = (chance: Chance) => FaultKind;

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

const die =
  (point: Extract<FaultKind, { kind: 'die' }>['point'], most: number): Make =>
  (chance) => ({ kind: 'die', point, when: chance.happens(0.5) ? 'before' : 'after', nth: chance.between(1, most) });
const mood =
  (name: Extract<FaultKind, { kind: 'target' }>['mood'], most: number): Make =>
  (chance) => ({ kind: 'target', mood: name, requests: chance.between(1, most), writesOnly: chance.happens(0.5) });

/** What can go wrong on one machine, each as likely as its share. */
const KINDS: [share: number, make: Make][] = [
  [4, (chance) => ({ kind: 'kill', afterMs: chance.between(0, 400) })],
  [4, die('store_commit', 12)],
  [2, die('log_commit', 12)],
  [2, die('log_append', 8)],
  [2, die('outbox_remove', 4)],
  [2, die('target_write', 8)],
  [2, () => ({ kind: 'terminate' })],
  [2, (chance) => ({ kind: 'die_stopping', nth: chance.between(1, 6) })],
  [1, (chance) => ({ kind: 'pause', forMs: chance.between(200, 2 * SECOND) })],
  [1, (chance) => ({ kind: 'disk_full', forMs: chance.between(100, SECOND) })],
  // By two hours or not at all: what was put back under a clock that is set back by less waits for up to an hour.
  [
    1,
    (chance) => ({
      kind: 'clock',
      byMs: chance.between(-1, 1) * 2 * HOUR + 5 * SECOND,
      forMs: chance.between(200, SECOND),
    }),
  ],
  [1, mood('error', 40)],
  [1, mood('throttling', 40)],
  [1, mood('losing_answers', 40)],
  [1, mood('slow', 40)],
  [1, mood('away', 40)],
];

/** Some faults at some moments; now and then one of the very first start, while the database is made and filled. */
export function embeddedSchedule(chance: Chance, chunks: number): Fault[] {
  const total = KINDS.reduce((sum, [share]) => sum + share, 0);
  const faults = Array.from({ length: chance.between(3, 6) }, (): Fault => {
    let at = chance.between(1, total);
    const [, make] = KINDS.find(([share]) => (at -= share) <= 0)!;
    return { atChunk: chance.between(1, chunks), ...make(chance) };
  });
  faults.sort((x, y) => x.atChunk - y.atChunk);
  if (!chance.happens(0.2)) return faults;
  const [point, most] = chance.happens(0.5) ? (['migration', 40] as const) : (['store_commit', 14] as const);
  const when = chance.happens(0.5) ? 'before' : 'after';
  return [{ atChunk: 0, kind: 'die', point, when, nth: chance.between(1, most) }, ...faults];
}
