// One Apache Kafka node in KRaft mode: its settings, its data, its process.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram, runToEnd, startServer } from './process.mjs';

const LIBS = fileURLToPath(new URL('../target/kafka-libs', import.meta.url));
const CLUSTER_ID = 'c3luY2xpbmUtdGVzdHMtMQ';
const { Kafka, logLevel } = createRequire(import.meta.url)('kafkajs');

/** What must be installed first, or null. */
export function missingForKafka() {
  if (!findProgram('java')) return 'Java 17 or newer (Debian: openjdk-17-jre-headless)';
  if (!existsSync(LIBS) || readdirSync(LIBS).length === 0) return 'Kafka’s jars (Maven; run test/services/install.sh)';
  return null;
}

/** Settings that every test broker has; `replicas` is for its own topics. */
export function commonSettings({ replicas = 1, minInSync = 1 } = {}) {
  return {
    'process.roles': 'broker,controller',
    'controller.listener.names': 'CONTROLLER',
    'auto.create.topics.enable': 'false',
    'group.initial.rebalance.delay.ms': '0',
    'min.insync.replicas': String(minInSync),
    'offsets.topic.replication.factor': String(replicas),
    'offsets.topic.num.partitions': '1',
    'transaction.state.log.replication.factor': String(replicas),
    'transaction.state.log.min.isr': String(minInSync),
    'share.coordinator.state.topic.replication.factor': String(replicas),
    'share.coordinator.state.topic.min.isr': String(minInSync),
    'log.segment.bytes': '67108864',
  };
}

/** Formats the node's data in `folder` and starts it. `format`: more arguments, such as users to begin with. */
export async function startNode(name, folder, settings, { heapMb = 512, format = [] } = {}) {
  const java = findProgram('java');
  const config = join(folder, 'server.properties');
  const lines = Object.entries({ ...settings, 'log.dirs': join(folder, 'data') }).map(([key, value]) => `${key}=${value}`);
  writeFileSync(config, `${lines.join('\n')}\n`);
  const classes = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-cp', join(LIBS, '*')];
  const tool = ['-XX:TieredStopAtLevel=1', ...classes, 'kafka.tools.StorageTool'];
  await runToEnd(java, [...tool, 'format', '-t', CLUSTER_ID, '-c', config, ...format]);
  const memory = ['-Xms128m', `-Xmx${heapMb}m`];
  return startServer(name, java, [...memory, ...classes, 'kafka.Kafka', config], { logFile: join(folder, 'kafka.log') });
}

/** Rejects until the brokers answer a client; `security` as kafkajs takes it. */
export async function answersClients(brokers, security = {}) {
  const client = { brokers, logLevel: logLevel.NOTHING, retry: { retries: 0 }, connectionTimeout: 1000, ...security };
  const admin = new Kafka(client).admin();
  try {
    await admin.connect();
    return await admin.describeCluster();
  } finally {
    await admin.disconnect();
  }
}
