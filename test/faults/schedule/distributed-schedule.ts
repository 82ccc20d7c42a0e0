import type { Chance } from '../workload/random';
import type { Fault, FaultKind } from './fault';

type Make = (chance: Chance) => FaultKind;
type Point = Extract<FaultKind, { kind: 'die' }>['point'];
type Mood = Extract<FaultKind, { kind: 'target' }>['mood'];

const ROLES = ['ingest', 'reconcile', 'rate', 'deliver', 'gateway'];
const SECOND = 1_000;
/** The session time-out is 6 s here (see preload/watched-kafka.ts): a member that is away longer has lost its group. */
const BEYOND_SESSION_MS = 8 * SECOND;

const die =
  (point: Point, roles: string[], most: number): Make =>
  (chance) => ({
    kind: 'die',
    role: chance.oneOf(roles),
    point,
    when: chance.happens(0.5) ? 'before' : 'after',
    nth: chance.between(1, most),
  });
const mood =
  (name: Mood): Make =>
  (chance) => ({ kind: 'target', mood: name, requests: chance.between(1, 40), writesOnly: chance.happens(0.5) });

/** What can go wrong among many processes, each as likely as its share. */
const KINDS: [share: number, make: Make][] = [
  [4, (chance) => ({ kind: 'kill', role: chance.oneOf(ROLES), afterMs: chance.between(0, 400) })],
  [4, die('store_commit', ['reconcile', 'rate', 'deliver'], 8)],
  [2, die('log_append', ['ingest', 'reconcile', 'rate', 'gateway'], 6)],
  [2, die('offset_commit', ['ingest', 'reconcile', 'rate', 'deliver'], 6)],
  [2, die('outbox_remove', ['reconcile', 'rate'], 3)],
  [2, die('target_write', ['deliver'], 8)],
  [1, (chance) => ({ kind: 'terminate', role: chance.oneOf(ROLES) })],
  [1, (chance) => ({ kind: 'die_stopping', role: chance.oneOf(['reconcile', 'rate', 'deliver']), nth: 1 })],
  [1, (chance) => ({ kind: 'pause', role: chance.oneOf(ROLES), forMs: chance.between(200, 2 * SECOND) })],
  [1, (chance) => ({ kind: 'pause', role: chance.oneOf(ROLES.slice(0, 4)), forMs: BEYOND_SESSION_MS })],
  [1, () => ({ kind: 'rolling_restart' })],
  [2, () => ({ kind: 'redis_emptied' })],
  [1, () => ({ kind: 'crash', service: 'redis' })],
  [1, () => ({ kind: 'crash', service: 'postgres' })],
  [1, () => ({ kind: 'crash', service: 'kafka' })],
  [1, mood('losing_answers')],
  [1, mood('away')],
  [1, mood('throttling')],
];

export function distributedSchedule(chance: Chance, chunks: number): Fault[] {
  const total = KINDS.reduce((sum, [share]) => sum + share, 0);
  const faults = Array.from({ length: chance.between(2, 4) }, (): Fault => {
    let at = chance.between(1, total);
    const [, make] = KINDS.find(([share]) => (at -= share) <= 0)!;
    return { atChunk: chance.between(1, chunks), ...make(chance) };
  });
  return faults.sort((x, y) => x.atChunk - y.atChunk);
}
