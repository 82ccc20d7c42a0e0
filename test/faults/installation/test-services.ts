import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Redis } from 'ioredis';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import type { LossOfOffsets } from '../schedule/fault';
import type { Services } from './installation';
import { until } from './until';

type Name = Parameters<Services['crash']>[0];

interface Server {
  crash(): Promise<void>;
}

/** What a cluster of brokers can do beside; see test/services/lib/kafka-cluster.mjs. */
interface Cluster extends Server {
  lose(node: number): Promise<void>;
  restore(): Promise<void>;
  leaderOf(topic: string): Promise<number | null>;
}

interface StartedServices {
  env: Record<string, string>;
  byName: Record<Name, Server> & { kafka: Server | Cluster };
  stop(): Promise<void>;
}

interface ServiceLibrary {
  startAll(names: Name[], options: { brokers: number }): Promise<StartedServices>;
  missingOf(names: Name[]): string[];
}

const LEAVE_PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 250;

const NAMES: Name[] = ['kafka', 'redis', 'postgres'];

/** Kafka, Redis and PostgreSQL of this harness's own, which it may therefore do anything to. */
export class TestServices implements Services {
  /** Nodes of the cluster that are away. */
  private readonly lost = new Set<number>();

  private constructor(
    private readonly started: StartedServices,
    readonly brokers: number,
  ) {}

  static async start(brokers: number): Promise<TestServices> {
    const path = pathToFileURL(join('test', 'services', 'lib', 'services.mjs')).href;
    const library = (await import(path)) as ServiceLibrary;
    const missing = library.missingOf(NAMES);
    if (missing.length > 0) throw new Error(`missing: ${missing.join('; ')}; see test/services/README.md`);
    const started = await library.startAll(NAMES, { brokers });
    Object.assign(process.env, started.env);
    return new TestServices(started, brokers);
  }

  crash(name: Name): Promise<void> {
    return this.started.byName[name].crash();
  }

  async emptyRedis(): Promise<void> {
    const redis = new Redis(this.started.env['SYNCLINE_TEST_REDIS_URL']!);
    await redis.flushall();
    await redis.quit();
  }

  /** With one broker away already, nobody may be left to say who leads: then it is one of the others. */
  async loseBroker(leads?: string): Promise<void> {
    const left = Array.from({ length: this.brokers }, (_, at) => at + 1).filter((node) => !this.lost.has(node));
    const leader = leads === undefined ? null : await this.cluster.leaderOf(leads).catch(() => null);
    const node = leader !== null && left.includes(leader) ? leader : left[0]!;
    this.lost.add(node);
    await this.cluster.lose(node);
  }

  async restoreBrokers(): Promise<void> {
    await this.cluster.restore();
    this.lost.clear();
  }

  async loseOffsets(groups: string, how: LossOfOffsets): Promise<void> {
    const admin = new Kafka({ brokers: this.addresses, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    try {
      const known = (await admin.listGroups()).groups.map(({ groupId }) => groupId);
      const own = known.filter((each) => each === groups || each.startsWith(`${groups}.`));
      if (own.length === 0) throw new Error(`there is no group ${groups}`);
      for (const group of own) await untilDone(() => loseOffsetsOf(admin, group, how), group);
    } finally {
      await admin.disconnect();
    }
  }

  private get addresses(): string[] {
    return this.started.env['SYNCLINE_TEST_KAFKA_BROKERS']!.split(',');
  }

  private get cluster(): Cluster {
    const { kafka } = this.started.byName;
    if (!('lose' in kafka)) throw new Error('Kafka has one broker: start with --brokers 3 to lose some');
    return kafka;
  }

  stop(): Promise<void> {
    return this.started.stop();
  }
}

async function loseOffsetsOf(admin: Admin, group: string, how: LossOfOffsets): Promise<void> {
  const read = await admin.fetchOffsets({ groupId: group });
  if (how === 'deleted') await admin.deleteGroups([group]);
  // Each topic takes a member of its own a few seconds: those of which nothing was read are left out.
  const begun = read.filter(({ partitions }) => partitions.some(({ offset }) => Number(offset) > 0));
  if (how === 'earliest')
    for (const { topic } of begun) await admin.resetOffsets({ groupId: group, topic, earliest: true });
  const kept = (await admin.fetchOffsets({ groupId: group })).flatMap(({ partitions }) => partitions);
  if (kept.some(({ offset }) => Number(offset) > 0)) throw new Error('it still knows where it was');
}

/** A member that left a moment ago, or was killed before, is in its group until its session ends. */
async function untilDone(work: () => Promise<void>, group: string): Promise<void> {
  let problem: unknown;
  await until(
    () =>
      work().then(
        () => true,
        (error: unknown) => {
          problem = error;
          return false;
        },
      ),
    () => `${group} to lose its offsets: ${String(problem)}`,
    LEAVE_PATIENCE_MS,
    LOOK_EVERY_MS,
  );
}
