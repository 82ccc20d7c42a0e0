import type { TargetMood } from '../target/recording-target';
import type { Point } from '../preload/control';

/** One thing that goes wrong, as soon as so many chunks of the input have been sent. */
export type Fault = { atChunk: number } & FaultKind;

export type FaultKind =
  /** `kill -9`, a moment after the chunk. */
  | { kind: 'kill'; role?: string; afterMs: number }
  /** Dies by itself right before or after the n-th moment of its kind. */
  | { kind: 'die'; role?: string; point: Point; when: 'before' | 'after'; nth: number }
  /** Asked to stop under load; goes on with a new process. */
  | { kind: 'terminate'; role?: string }
  /** Asked to stop, and killed before it is done. */
  | { kind: 'die_stopping'; role?: string; nth: number }
  /** Does not run for a while, as when a virtual machine is moved. */
  | { kind: 'pause'; role?: string; forMs: number }
  | { kind: 'disk_full'; forMs: number }
  /** The clock is stepped, and set right again later. */
  | { kind: 'clock'; byMs: number; forMs: number }
  | { kind: 'target'; mood: TargetMood; requests: number; writesOnly: boolean }
  /** All roles one after the other, each asked to stop and started again. */
  | { kind: 'rolling_restart' }
  | { kind: 'redis_emptied' }
  /** A server ends as in a crash and is started again; Redis comes back empty. */
  | { kind: 'crash'; service: 'kafka' | 'postgres' | 'redis' }
  /** One broker of a cluster is away for a while: any, or the one that leads a topic. */
  | { kind: 'broker_lost'; leads?: string; forMs: number }
  /** One broker is lost, a moment later the one that leads a topic, too: too few are left to take anything. */
  | { kind: 'brokers_lost'; leads: string; apartMs: number; forMs: number }
  /** Between a stop and the next start of a role its groups lose where they were. */
  | { kind: 'offsets_lost'; role: string; how: LossOfOffsets };

/** The groups are deleted, or set back to the first message. */
export type LossOfOffsets = 'deleted' | 'earliest';

/** After which Kafka gives a silent member's partitions to others; see preload/watched-kafka.ts. */
const SESSION_MS = 6_000;

/** Written the same way in reports and in summaries. */
export function faultText(fault: Fault): string {
  const { kind, atChunk, ...rest } = fault;
  const details = Object.entries(rest).map(([name, value]) => `${name}=${value}`);
  return `${kind}@${atChunk}${details.length > 0 ? `(${details.join(' ')})` : ''}`;
}

export const BROKERS_LOST = 'broker lost, then a leader';

/** What faults are counted under. */
export function faultName(fault: Fault): string {
  if (fault.kind === 'die') return `die ${fault.when} ${fault.point}`;
  if (fault.kind === 'target') return `target ${fault.mood}`;
  if (fault.kind === 'crash') return `crash of ${fault.service}`;
  if (fault.kind === 'broker_lost') return fault.leads === undefined ? 'broker lost' : 'leader lost';
  if (fault.kind === 'brokers_lost') return BROKERS_LOST;
  if (fault.kind === 'offsets_lost') return `offsets ${fault.how}`;
  if (fault.kind === 'pause' && fault.forMs > SESSION_MS) return 'pause beyond the session';
  return fault.kind;
}
