// A cluster of Apache Kafka in KRaft mode: each node is broker and controller, all on loopback.
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { answersClients, commonSettings, startNode } from './kafka-node.mjs';
import { freePort, makeFolder, removeFolder, untilReady } from './process.mjs';

const { Kafka, logLevel } = createRequire(import.meta.url)('kafkajs');
const HEAP_MB = 320;
const LOOK_EVERY_MS = 250;
const IN_SYNC_PATIENCE_MS = 120_000;

/**
 * `size` nodes; topics want to be in as many replicas as a majority to take a message (2 of 3). One that is lost is
 * noticed after a few seconds instead of a dozen.
 */
export async function startCluster(size) {
  const folder = makeFolder('kafka-cluster');
  const nodes = await Promise.all(
    Array.from({ length: size }, async (_, at) => ({ id: at + 1, port: await freePort(), controller: await freePort() })),
  );
  const quorum = Math.floor(size / 2) + 1;
  const shared = {
    ...commonSettings({ replicas: size, minInSync: quorum }),
    'controller.quorum.voters': nodes.map(({ id, controller }) => `${id}@127.0.0.1:${controller}`).join(','),
    'default.replication.factor': String(size),
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'broker.session.timeout.ms': '4000',
    'broker.heartbeat.interval.ms': '1000',
    'replica.lag.time.max.ms': '5000',
  };
  const start = async ({ id, port, controller }) => {
    const own = join(folder, String(id));
    mkdirSync(own);
    const settings = {
      ...shared,
      'node.id': String(id),
      listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
      'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    };
    return startNode(`Apache Kafka ${id}`, own, settings, { heapMb: HEAP_MB });
  };
  const servers = new Map(await Promise.all(nodes.map(async (node) => [node.id, await start(node)])));
  const brokers = nodes.map(({ port }) => `127.0.0.1:${port}`);
  const stop = async () => {
    await Promise.all([...servers.values()].map((server) => server.stop()));
    removeFolder(folder);
  };
  const ready = () => untilReady(servers.get(1), () => allAnswer(brokers));
  await ready();
  return {
    brokers,
    /** Ends all nodes as a crash would, and starts them again on what they had written. */
    async crash() {
      await Promise.all([...servers.values()].map((server) => server.restart('SIGKILL')));
      await ready();
    },
    /** Ends one node as a crash would. */
    lose: (id) => servers.get(id).kill(),
    /** Starts the nodes that are lost, and resolves when every replica of every topic is in sync. */
    async restore() {
      await Promise.all([...servers.values()].filter((server) => server.ended()).map((server) => server.restart('SIGKILL')));
      await ready();
      await untilInSync(brokers);
    },
    /** The node that leads a partition, asked of the cluster. */
    leaderOf: (topic, partition = 0) => leaderOf(brokers, topic, partition),
    stop,
  };
}

async function allAnswer(brokers) {
  for (const broker of brokers) {
    const { brokers: known } = await answersClients([broker]);
    if (known.length < brokers.length) throw new Error(`${broker} knows of ${known.length} brokers`);
  }
}

async function withAdmin(brokers, work) {
  const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING, connectionTimeout: 1000 }).admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

async function leaderOf(brokers, topic, partition) {
  const { topics } = await withAdmin(brokers, (admin) => admin.fetchTopicMetadata({ topics: [topic] }));
  return topics[0].partitions.find(({ partitionId }) => partitionId === partition)?.leader ?? null;
}

/** A follower that is behind may not lead: losing another node now would be a greater fault than was meant. */
async function untilInSync(brokers) {
  const deadline = Date.now() + IN_SYNC_PATIENCE_MS;
  for (;;) {
    const behind = await outOfSync(brokers).catch((error) => error.message);
    if (behind === 0) return;
    if (Date.now() > deadline) throw new Error(`the replicas are not in sync: ${behind}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function outOfSync(brokers) {
  const { topics } = await withAdmin(brokers, (admin) => admin.fetchTopicMetadata());
  const partitions = topics.flatMap((topic) => topic.partitions);
  return partitions.filter(({ isr, replicas, leader }) => leader < 0 || isr.length < replicas.length).length;
}
