/** Which topics a stage reads, and as whom. `pattern` is the one of the stage's `@EventPattern`. */
export interface StageBinding {
  pattern: string;
  /** Tells several bindings of one pattern apart, which are paused and stopped each on its own. Default: the pattern. */
  name?: string;
  group: string;
  topics: string[];
  /** The most messages in one batch. */
  maxMessages: number;
}

/** The words of the connectors API, and STARTING for the time before the first assignment. */
export type StageState = 'STARTING' | 'RUNNING' | 'UNASSIGNED' | 'DEGRADED' | 'PAUSED' | 'STOPPED' | 'FAILED';

export interface StageStatus {
  pattern: string;
  /** The binding's name. */
  name: string;
  group: string;
  topics: string[];
  /** RUNNING only while partitions are assigned and messages are asked for; DEGRADED while a batch is repeated. */
  state: StageState;
  /** Why it failed or is degraded. No payload, nothing secret. */
  message?: string;
  /** Rejected batches since the last one that succeeded. */
  rejections: number;
}
