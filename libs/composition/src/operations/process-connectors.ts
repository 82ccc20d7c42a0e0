import { SynclineError } from '@syncline/model';
import type { TargetStatus } from '@syncline/pipeline/deliver';
import {
  PUBLISH_ERRORS,
  type Connector,
  type ConnectorControl,
  type ConnectorLag,
  type ConnectorState,
} from '@syncline/pipeline/publish';
import type { EventLog } from '@syncline/pipeline/shared';
import type { BatchLogServer, StageStatus } from '@syncline/pipeline/shared/transport';
import type { SynclineConfig, SystemConfig, TargetConfig } from '@syncline/platform';
import { sourceBinding, stageBindings } from '../process/stage-bindings';

/** What this process can say of its connectors and do to them. */
export interface ConnectorParts {
  config: SynclineConfig;
  /** `host:pid`. */
  workerId: string;
  log: EventLog;
  /** The stages that run here; null in a gateway. */
  server: BatchLogServer | null;
  /** The targets that are served here; none where no deliver stage runs. */
  targets(): TargetStatus[];
}

/**
 * Connectors in the shape of Kafka Connect: a source for each system, a sink for each target. Those that another
 * process runs are shown as UNASSIGNED here; their lag is the log's and is right everywhere.
 */
export class ProcessConnectors implements ConnectorControl {
  constructor(private readonly parts: ConnectorParts) {}

  list(): Promise<Connector[]> {
    const { systems, targets } = this.parts.config;
    return Promise.resolve([
      ...systems.map((system) => this.source(system)),
      ...targets.map((target) => this.sink(target)),
    ]);
  }

  pause(name: string): Promise<void> {
    return this.serverOf(name).pause(sourceBinding(name));
  }

  resume(name: string): Promise<void> {
    return this.serverOf(name).resume(sourceBinding(name));
  }

  stop(name: string): Promise<void> {
    return this.serverOf(name).stopStage(sourceBinding(name));
  }

  async restart(name: string, options: { includeTasks: boolean; onlyFailed: boolean }): Promise<void> {
    const server = this.serverOf(name);
    const failed = server.stageStatus(sourceBinding(name)).state === 'FAILED';
    if (!options.onlyFailed || failed) await server.restartStage(sourceBinding(name));
  }

  async lag(name: string): Promise<ConnectorLag[]> {
    const { config, log } = this.parts;
    const isSystem = config.systems.some((system) => system.name === name);
    const bindings = stageBindings(isSystem ? 'ingest' : 'deliver', config);
    const binding = isSystem ? bindings.find((each) => each.name === sourceBinding(name)) : bindings[0];
    return binding ? log.positions(binding.group, binding.topics) : [];
  }

  private source({ name, title, topicPrefix, mapping }: SystemConfig): Connector {
    const status = this.parts.server?.stageStatuses().find((each) => each.name === sourceBinding(name));
    const config = { title, 'topics.prefix': topicPrefix, mapping: mapping.name };
    return this.connector(name, 'source', config, status ? stateOf(status) : 'UNASSIGNED', status?.message);
  }

  private sink({ content }: TargetConfig): Connector {
    const { name, system, adapter } = content as { name: string; system: string; adapter: string };
    const status = this.parts.targets().find((each) => each.target === name);
    const state: ConnectorState = !status
      ? 'UNASSIGNED'
      : !status.enabled
        ? 'STOPPED'
        : status.circuit === 'closed'
          ? 'RUNNING'
          : 'DEGRADED';
    const trace = state === 'DEGRADED' ? 'TARGET_CIRCUIT_OPEN: the target failed several times in a row' : undefined;
    return this.connector(name, 'sink', { system, adapter }, state, trace);
  }

  private connector(
    name: string,
    type: 'source' | 'sink',
    config: Record<string, string>,
    state: ConnectorState,
    trace?: string,
  ): Connector {
    const { workerId } = this.parts;
    const extra = trace === undefined ? {} : { trace };
    return {
      name,
      type,
      config: { name, ...config },
      state,
      workerId,
      ...extra,
      tasks: [{ id: 0, state, workerId, ...extra }],
    };
  }

  private serverOf(name: string): BatchLogServer {
    const { server } = this.parts;
    const runsHere = server?.stageStatuses().some((each) => each.name === sourceBinding(name));
    if (server && runsHere) return server;
    const { advice } = PUBLISH_ERRORS.CONNECTOR_NOT_STOPPABLE;
    throw new SynclineError({
      code: 'CONNECTOR_NOT_STOPPABLE',
      kind: 'request',
      message: `${name} is not run by this process`,
      advice,
    });
  }
}

function stateOf({ state }: StageStatus): ConnectorState {
  return state === 'STARTING' ? 'UNASSIGNED' : state;
}
