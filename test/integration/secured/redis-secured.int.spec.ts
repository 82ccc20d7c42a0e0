import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeProcess, queueConfigOf } from '@syncline/composition';
import { createJobQueue } from '@syncline/engine/jobs';
import type { SynclineConfig } from '@syncline/platform';
import { pino } from 'pino';
import { configWith, refusal } from './secured-config';
import { library, newCertificates } from './secured-services';

const LOGIN = { username: 'syncline', password: 'planted-redis-password-4e8d' };

describe('Redis that takes TLS alone, from clients with a certificate and a password', () => {
  let certificates: Awaited<ReturnType<typeof newCertificates>>;
  let server: Awaited<ReturnType<Awaited<ReturnType<typeof library>>['startSecuredRedis']>>;

  const data = mkdtempSync(join(tmpdir(), 'syncline-redis-data-'));

  beforeAll(async () => {
    certificates = await newCertificates();
    server = await (await library('redis')).startSecuredRedis(certificates, LOGIN);
  });

  afterAll(async () => {
    await server?.stop();
    certificates?.remove();
    rmSync(data, { recursive: true });
  });

  const client = () => `cert_file: '${certificates.clientCert}', key_file: '${certificates.clientKey}'`;
  const trusted = () => `{ca_file: '${certificates.ca}', ${client()}}`;

  interface Wanted {
    tls: string | null;
    scheme?: string;
    password?: string;
  }

  /** A configuration that reaches this Redis, beside `others`. */
  function configOf({ tls, scheme = 'redis', password = LOGIN.password }: Wanted, others = {}): SynclineConfig {
    const url = `${scheme}://127.0.0.1:${server.port}`;
    const login = `username: ${LOGIN.username}, password: '\${env:REDIS_PASSWORD}'`;
    const yaml = `{kind: bullmq, url: '${url}', ${login}${tls === null ? '' : `, tls: ${tls}`}}`;
    return configWith('job_queue', yaml, { REDIS_PASSWORD: password }, others);
  }

  /** Opens the queue as a process does, does `work` and closes it. */
  async function withQueue<T>(
    wanted: Wanted,
    work: (queue: Awaited<ReturnType<typeof createJobQueue>>) => Promise<T>,
  ): Promise<T> {
    const queue = await createJobQueue(queueConfigOf(configOf(wanted)), { now: () => Date.now() });
    try {
      return await work(queue);
    } finally {
      await queue.close();
    }
  }

  it.each(['redis', 'rediss'])('does a job with the right authority, certificate and password: %s://', (scheme) =>
    withQueue({ tls: trusted(), scheme }, async (queue) => {
      const name = `secured-${randomUUID()}`;
      const done = new Promise((resolve, reject) => {
        queue.work(name, 1, async ({ data }) => resolve(data)).catch(reject);
      });
      await queue.ping();
      await queue.add(name, [{ id: 'a', data: { target: 'crm' } }]);
      expect(await done).toEqual({ target: 'crm' });
    }),
  );

  it.each([
    ['a strange authority', () => `{ca_file: '${certificates.otherCa}', ${client()}}`, 'trusted'],
    ['the authorities of Node.js', () => `{${client()}}`, 'trusted'],
    ['another name', () => `{ca_file: '${certificates.ca}', ${client()}, server_name: redis.example}`, 'another name'],
  ])('is not used: %s', async (_, tls, said) => {
    const refused = await withQueue({ tls: tls() }, (queue) => refusal(queue.ping()));
    expect(refused).toMatchObject({ code: 'JOB_QUEUE_TLS_FAILED', message: expect.stringContaining(said) });
    expect(refused.all).not.toContain(LOGIN.password);
  });

  it('says so when the password is wrong, without showing it', async () => {
    const refused = await withQueue({ tls: trusted(), password: 'wrong-77c2' }, (queue) => refusal(queue.ping()));
    expect(refused).toMatchObject({ code: 'JOB_QUEUE_UNAUTHORIZED', message: expect.stringContaining('WRONGPASS') });
    expect(refused.all).not.toContain('wrong-77c2');
  });

  it('stops the start of a process that would wait for it for ever', async () => {
    const store = `{kind: sqlite, path: '${join(data, 'syncline.db')}'}`;
    const config = configOf({ tls: trusted(), password: 'wrong' }, { store, event_log: '{kind: embedded}' });
    const refused = await refusal(composeProcess('standalone', config, { logger: pino({ enabled: false }) }));
    expect(refused).toMatchObject({ code: 'JOB_QUEUE_UNAUTHORIZED' });
  });

  it('gets nowhere without TLS', async () => {
    const refused = await withQueue({ tls: null }, (queue) => refusal(queue.ping()));
    expect(refused).toMatchObject({ code: 'JOB_QUEUE_UNAVAILABLE' });
  });

  it('gets nowhere without a certificate of the client', async () => {
    const refused = await withQueue({ tls: `{ca_file: '${certificates.ca}'}` }, (queue) => refusal(queue.ping()));
    // Redis closes the connection; whether its reason arrives before that is a matter of chance.
    expect(refused.code).toMatch(/^JOB_QUEUE_(TLS_FAILED|UNAVAILABLE)$/);
  });
});
