/** Named moments of a process at which it can be made to die. */
export const POINTS = [
  'store_commit', // the database of the stages commits
  'log_commit', // the log's database commits: appends, positions, jobs
  'log_append', // messages go to Kafka; embedded: a chunk is in the log's transaction, which is not committed yet
  'offset_commit', // a group's position is committed to Kafka, after the work that it stands for
  'outbox_remove', // what stood in the outbox is in the log, and is about to be removed
  'target_write', // a write goes to a target
  'migration', // a statement of a migration
] as const;
export type Point = (typeof POINTS)[number];

/** What the harness asks of a process, in a file that the process looks into. */
export interface Control {
  /** Die right before or after the n-th moment from now on, counted by each thread for itself. */
  die?: { point: Point | 'any'; when: 'before' | 'after'; nth: number; onlyWhileStopping?: boolean };
  /** The database files may not grow. */
  diskFull?: boolean;
  /** Milliseconds that the clock is ahead, or behind when negative. */
  clockShift?: number;
}

export const CONTROL_VARIABLE = 'SYNCLINE_FAULTS_CONTROL';

/** What a process leaves behind that died because it was ordered to. */
export function deathNote(controlFile: string): string {
  return `${controlFile}.died`;
}
