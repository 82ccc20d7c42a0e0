import { createRequire } from 'node:module';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Job, JobQueue, JobWorker } from '@syncline/pipeline/shared';
import type { TlsOptions } from '../connection/tls-options';
import { redisError } from './redis-error';
import { redisOptions } from './redis-options';
import { checkNames } from './job-names';

export interface BullmqJobQueueConfig {
  kind: 'bullmq';
  /** `redis://…` or `rediss://…`; may hold the password. */
  url: string;
  /** Instead of the user and the password of the URL. */
  login?: { username?: string; password: string };
  /** Absent = encrypted if the URL is `rediss://…`. */
  tls?: TlsOptions;
  /** Namespace of all keys. */
  prefix?: string;
  /**
   * After which a job belongs to nobody whose worker says nothing any more. Until then no job of its id is taken, so that
   * a killed process holds up its queue as long. Milliseconds; default 5000.
   */
  lostAfterMs?: number;
}

/** Loaded where there is a Redis to talk to: together they take 15 MB and a part of a second. */
const load = createRequire(__filename);
const bullmq = () => load('bullmq') as typeof import('bullmq');
const ioredis = () => load('ioredis') as typeof import('ioredis');

const CONNECT_TIMEOUT_MS = 5_000;
const DEFAULT_PREFIX = 'syncline';
const DEFAULT_LOST_AFTER_MS = 5_000;

/** Jobs in Redis. Several processes share the work of a queue. */
export class BullmqJobQueue implements JobQueue {
  private readonly producer: Redis;
  private readonly queues = new Map<string, Queue>();
  private readonly workers = new Set<JobWorker>();
  private readonly prefix: string;
  /** Why the producer's connection ended last. */
  private lastError: Error | null = null;

  constructor(
    private readonly config: BullmqJobQueueConfig,
    private readonly now: () => number,
  ) {
    this.prefix = config.prefix ?? DEFAULT_PREFIX;
    // Producers fail at once when Redis is away: the sweep adds again, nothing queues up in memory.
    this.producer = new (ioredis().Redis)({
      ...redisOptions(config),
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      connectTimeout: CONNECT_TIMEOUT_MS,
      lazyConnect: false,
    });
    this.producer.on('error', (error) => (this.lastError = error));
    this.producer.on('ready', () => (this.lastError = null));
  }

  async add(queue: string, jobs: Job[]): Promise<void> {
    checkNames(queue, jobs);
    if (jobs.length === 0) return;
    try {
      await this.connected();
      await this.queueOf(queue).addBulk(
        jobs.map(({ id, data, notBefore }) => ({
          name: queue,
          data,
          opts: {
            jobId: id,
            delay: Math.max(0, (notBefore ?? 0) - this.now()),
            removeOnComplete: true,
            removeOnFail: true,
          },
        })),
      );
    } catch (error) {
      throw redisError(error, `${jobs.length} jobs of queue ${queue}`);
    }
  }

  async work(
    queue: string,
    concurrency: number,
    handle: (job: Job, signal: AbortSignal) => Promise<void>,
  ): Promise<JobWorker> {
    checkNames(queue);
    const lostAfterMs = this.config.lostAfterMs ?? DEFAULT_LOST_AFTER_MS;
    // Workers wait for Redis as long as it takes.
    const connection = new (ioredis().Redis)({ ...redisOptions(this.config), maxRetriesPerRequest: null });
    connection.on('error', () => undefined);
    const stopping = new AbortController();
    const worker = new (bullmq().Worker)<Job['data']>(
      queue,
      (job) => handle({ id: job.id ?? '', data: job.data }, stopping.signal),
      { connection, prefix: this.prefix, concurrency, lockDuration: lostAfterMs, stalledInterval: lostAfterMs },
    );
    worker.on('error', () => undefined);
    const jobWorker: JobWorker = {
      stop: async () => {
        this.workers.delete(jobWorker);
        stopping.abort();
        await worker.close();
        if (connection.status === 'ready') await connection.quit().catch(() => undefined);
        connection.disconnect();
      },
    };
    this.workers.add(jobWorker);
    return jobWorker;
  }

  async ping(): Promise<void> {
    try {
      await this.connected();
      await this.producer.ping();
    } catch (error) {
      throw redisError(error, 'connecting to Redis');
    }
  }

  async clear(queue: string): Promise<void> {
    checkNames(queue);
    await this.connected();
    await this.queueOf(queue).drain(true);
  }

  async close(): Promise<void> {
    await Promise.all([...this.workers].map((worker) => worker.stop()));
    await Promise.all([...this.queues.values()].map((queue) => queue.close().catch(() => undefined)));
    this.queues.clear();
    if (this.producer.status === 'ready') await this.producer.quit().catch(() => undefined);
    this.producer.disconnect();
  }

  private queueOf(name: string): Queue {
    const known = this.queues.get(name);
    if (known) return known;
    const queue = new (bullmq().Queue)(name, { connection: this.producer, prefix: this.prefix });
    queue.on('error', () => undefined);
    this.queues.set(name, queue);
    return queue;
  }

  private lostBecause(state: string): Error {
    return this.lastError ?? new Error(`no connection: ${state}`);
  }

  /** At the start the connection may still be on its way; without an offline queue nobody else waits for it. */
  private async connected(): Promise<void> {
    const { producer } = this;
    if (producer.status === 'ready') return;
    if (!['connecting', 'connect'].includes(producer.status)) throw this.lostBecause(`it is ${producer.status}`);
    await new Promise<void>((resolve, reject) => {
      const ready = () => {
        producer.off('close', closed);
        resolve();
      };
      const closed = () => {
        producer.off('ready', ready);
        reject(this.lostBecause('it was closed'));
      };
      producer.once('ready', ready);
      producer.once('close', closed);
    });
  }
}
