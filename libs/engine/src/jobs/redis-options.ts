import type { RedisOptions } from 'ioredis';
import { checkedTls } from '../connection/tls-options';
import type { BullmqJobQueueConfig } from './bullmq-job-queue';
import { jobsError } from './errors';

const DEFAULT_PORT = 6379;

/**
 * Where Redis is and how to get in. The address is taken apart here: ioredis would let what it says come before all
 * else, and `rediss:` before a section `tls`.
 * @throws SynclineError JOB_QUEUE_ADDRESS_INVALID, which does not show the address
 */
export function redisOptions({ url: address, login, tls }: BullmqJobQueueConfig): RedisOptions {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') {
    throw jobsError('JOB_QUEUE_ADDRESS_INVALID', 'job_queue.url is no redis:// or rediss:// URL');
  }
  const database = /^\/(\d+)$/.exec(url.pathname)?.[1];
  const { username, password } = login ?? {
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
  const encrypted = tls ?? (url.protocol === 'rediss:' ? {} : undefined);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
    ...(database === undefined ? {} : { db: Number(database) }),
    ...(username ? { username } : {}),
    ...(password ? { password } : {}),
    ...(encrypted === undefined ? {} : { tls: checkedTls(encrypted) }),
  };
}
