// Apache Kafka in KRaft mode, broker and controller in one process, on loopback.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram, freePort, makeFolder, removeFolder, runToEnd, startServer, untilReady } from './process.mjs';

const LIBS = fileURLToPath(new URL('../target/kafka-libs', import.meta.url));
const { Kafka, logLevel } = createRequire(import.meta.url)('kafkajs');

export const variable = 'SYNCLINE_TEST_KAFKA_BROKERS';

/** What must be installed first, or null. */
export function missing() {
  if (!findProgram('java')) return 'Java 17 or newer (Debian: openjdk-17-jre-headless)';
  if (!existsSync(LIBS) || readdirSync(LIBS).length === 0) return 'Kafka’s jars (Maven; run test/services/install.sh)';
  return null;
}

function properties({ port, controllerPort, folder }) {
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    'controller.listener.names=CONTROLLER',
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
    'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    `log.dirs=${join(folder, 'data')}`,
    'auto.create.topics.enable=false',
    'group.initial.rebalance.delay.ms=0',
    'offsets.topic.replication.factor=1',
    'offsets.topic.num.partitions=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'share.coordinator.state.topic.replication.factor=1',
    'share.coordinator.state.topic.min.isr=1',
    'log.segment.bytes=67108864',
  ].join('\n');
}

async function answersClients(broker) {
  const kafka = new Kafka({
    brokers: [broker],
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
    connectionTimeout: 1000,
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    await admin.describeCluster();
  } finally {
    await admin.disconnect();
  }
}

export async function start() {
  const folder = makeFolder('kafka');
  const port = await freePort();
  const controllerPort = await freePort();
  const config = join(folder, 'server.properties');
  writeFileSync(config, `${properties({ port, controllerPort, folder })}\n`);
  const java = findProgram('java');
  const jvm = ['-Xms256m', '-Xmx512m', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-cp', join(LIBS, '*')];
  const clusterId = 'c3luY2xpbmUtdGVzdHMtMQ';
  await runToEnd(java, [...jvm, 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', config]);
  const server = startServer('Apache Kafka', java, [...jvm, 'kafka.Kafka', config], {
    logFile: join(folder, 'kafka.log'),
  });
  const broker = `127.0.0.1:${port}`;
  const ready = () => untilReady(server, () => answersClients(broker));
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
