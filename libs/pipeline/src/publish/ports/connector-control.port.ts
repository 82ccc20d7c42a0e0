/** States of the Kafka Connect REST API, and DEGRADED: running, with a task that failed or is far behind. */
export type ConnectorState = 'RUNNING' | 'PAUSED' | 'STOPPED' | 'FAILED' | 'UNASSIGNED' | 'DEGRADED';

export interface ConnectorTask {
  id: number;
  state: ConnectorState;
  workerId: string;
  /** Why it failed: code and message, no stack. */
  trace?: string;
}

export interface ConnectorLag {
  topic: string;
  partition: number;
  /** The next offset that will be read; null = nothing was committed yet. */
  committed: number | null;
  end: number;
}

/** A connector per system (`source`: reads its topics) and per target (`sink`: brings ratings to it). */
export interface Connector {
  name: string;
  type: 'source' | 'sink';
  /** What its file says; secrets stay references (`${env:NAME}`). */
  config: Record<string, string>;
  state: ConnectorState;
  workerId: string;
  trace?: string;
  tasks: ConnectorTask[];
}

/**
 * What the connectors endpoints need of the running process.
 * @throws SynclineError CONNECTOR_NOT_STOPPABLE when another process runs the connector
 */
export interface ConnectorControl {
  list(): Promise<Connector[]>;
  pause(name: string): Promise<void>;
  resume(name: string): Promise<void>;
  stop(name: string): Promise<void>;
  restart(name: string, options: { includeTasks: boolean; onlyFailed: boolean }): Promise<void>;
  lag(name: string): Promise<ConnectorLag[]>;
}

export const CONNECTOR_CONTROL = Symbol('ConnectorControl');

/** How far a consumer group is in one partition. */
export interface GroupLag extends ConnectorLag {
  group: string;
}

/** The lag of every stage's group, whichever process runs it: the log knows. */
export interface GroupLags {
  all(): Promise<GroupLag[]>;
}

export const GROUP_LAGS = Symbol('GroupLags');
