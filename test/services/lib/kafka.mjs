// Apache Kafka in KRaft mode, broker and controller in one process, on loopback.
import { startCluster } from './kafka-cluster.mjs';
import { answersClients, commonSettings, missingForKafka, startNode } from './kafka-node.mjs';
import { freePort, makeFolder, removeFolder, untilReady } from './process.mjs';

export const variable = 'SYNCLINE_TEST_KAFKA_BROKERS';

export const missing = missingForKafka;

/** One broker, or a cluster of as many as `brokers` says. */
export async function start({ brokers = 1 } = {}) {
  if (brokers === 1) return startOne();
  const { brokers: addresses, ...cluster } = await startCluster(brokers);
  return { env: { [variable]: addresses.join(',') }, ...cluster };
}

async function startOne() {
  const folder = makeFolder('kafka');
  const port = await freePort();
  const controllerPort = await freePort();
  const server = await startNode('Apache Kafka', folder, {
    ...commonSettings(),
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
  });
  const broker = `127.0.0.1:${port}`;
  const ready = () => untilReady(server, () => answersClients([broker]));
  await ready();
  return {
    env: { [variable]: broker },
    /** Ends it as a crash would, and starts it again on what it had written. */
    async crash() {
      await server.restart('SIGKILL');
      await ready();
    },
    async stop() {
      await server.stop();
      removeFolder(folder);
    },
  };
}
