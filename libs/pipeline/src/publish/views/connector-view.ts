import type { Connector, ConnectorLag } from '../ports/connector-control.port';

/** `GET /connectors/{name}/status` of the Kafka Connect REST API. */
export function connectorStatus({ name, state, workerId, trace, tasks, type }: Connector) {
  return {
    name,
    connector: { state, worker_id: workerId, ...(trace === undefined ? {} : { trace }) },
    tasks: tasks.map((task) => ({
      id: task.id,
      state: task.state,
      worker_id: task.workerId,
      ...(task.trace === undefined ? {} : { trace: task.trace }),
    })),
    type,
  };
}

/** `GET /connectors/{name}` of the Kafka Connect REST API. Resolved secrets never get here; see ConnectorControl. */
export function connectorInfo({ name, config, tasks, type }: Connector) {
  return { name, config, tasks: tasks.map(({ id }) => ({ connector: name, task: id })), type };
}

/** `GET /connectors/{name}/offsets`, with the end of the partition and the distance to it. */
export function lagView({ topic, partition, committed, end }: ConnectorLag) {
  return {
    partition: { kafka_topic: topic, kafka_partition: partition },
    offset: { kafka_offset: committed },
    end,
    lag: committed === null ? null : Math.max(0, end - committed),
  };
}
