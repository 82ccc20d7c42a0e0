import { TOPICS } from '@syncline/pipeline/shared';
import type { Chance } from '../workload/random';
import type { Fault, FaultKind } from './fault';

type Make = (chance: Chance) => FaultKind;
type Point = Extract<FaultKind, { kind: 'die' }>['point'];
type Mood = Extract<FaultKind, { kind: 'target' }>['mood'];

const ROLES = ['ingest', 'reconcile', 'rate', 'deliver', 'gateway'];
/** Those that read topics as a group. */
const READERS = ROLES.slice(0, 4);
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
  [1, (chance) => ({ kind: 'pause', role: chance.oneOf(READERS), forMs: BEYOND_SESSION_MS })],
  [1, () => ({ kind: 'rolling_restart' })],
  [2, () => ({ kind: 'redis_emptied' })],
  [1, () => ({ kind: 'crash', service: 'redis' })],
  [1, () => ({ kind: 'crash', service: 'postgres' })],
  [1, () => ({ kind: 'crash', service: 'kafka' })],
  [1, mood('losing_answers')],
  [1, mood('away')],
  [1, mood('throttling')],
];

/** Topics whose leader is lost; the last holds where all groups are, and its leader tells them who reads what. */
const LED = [...Object.values(TOPICS), '__consumer_offsets'];

/** What can go wrong in a cluster; one that has noticed a loss has chosen another leader after 4 to 7 s. */
const LOSSES: [share: number, make: Make][] = [
  [1, (chance) => ({ kind: 'broker_lost', forMs: chance.between(SECOND, 12 * SECOND) })],
  [2, (chance) => ({ kind: 'broker_lost', leads: chance.oneOf(LED), forMs: chance.between(SECOND, 12 * SECOND) })],
  [
    2,
    (chance) => ({
      kind: 'brokers_lost',
      leads: chance.oneOf(LED),
      apartMs: chance.between(0, 8 * SECOND),
      forMs: chance.between(SECOND, 8 * SECOND),
    }),
  ],
];

/** With most seeds nothing is lost of the offsets; with the others it is, once a part has been read. */
function lossOfOffsets(chance: Chance, chunks: number): Fault[] {
  if (!chance.happens(0.4)) return [];
  const how = chance.happens(0.5) ? 'deleted' : 'earliest';
  const atChunk = chance.between(Math.ceil(chunks / 3), chunks);
  return [{ atChunk, kind: 'offsets_lost', role: chance.oneOf(READERS), how }];
}

/** Faults of one seed; `cluster`: Kafka has brokers to lose. */
export function distributedSchedule(chance: Chance, chunks: number, cluster: boolean): Fault[] {
  const faults = [
    ...drawn(chance, chunks, KINDS, chance.between(2, 4)),
    ...lossOfOffsets(chance, chunks),
    ...(cluster ? drawn(chance, chunks, LOSSES, chance.between(1, 2)) : []),
  ];
  return faults.sort((x, y) => x.atChunk - y.atChunk);
}

function drawn(chance: Chance, chunks: number, kinds: typeof KINDS, count: number): Fault[] {
  const total = kinds.reduce((sum, [share]) => sum + share, 0);
  return Array.from({ length: count }, (): Fault => {
    let at = chance.between(1, total);
    const [, make] = kinds.find(([share]) => (at -= share) <= 0)!;
    return { atChunk: chance.between(1, chunks), ...make(chance) };
  });
}
