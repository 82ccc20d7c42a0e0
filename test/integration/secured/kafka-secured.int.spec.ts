import { logConfigOf } from '@syncline/composition';
import { createEventLog } from '@syncline/engine/log';
import type { EventLog, LogBatch, ReceivedMessage } from '@syncline/pipeline/shared';
import { configWith, refusal } from './secured-config';
import { library, newCertificates } from './secured-services';

const LOGIN = { username: 'syncline', password: 'planted-kafka-password-51aa' };

describe('Kafka that takes clients over TLS alone', () => {
  let certificates: Awaited<ReturnType<typeof newCertificates>>;
  let server: Awaited<ReturnType<Awaited<ReturnType<typeof library>>['startSecuredKafka']>>;
  const warnings: string[] = [];

  beforeAll(async () => {
    certificates = await newCertificates();
    server = await (await library('kafka-secured')).startSecuredKafka(certificates, LOGIN);
  });

  afterAll(async () => {
    await server?.stop();
    certificates?.remove();
  });

  /** Opens the log with more fields of `event_log`, as a process does, does `work` and closes it. */
  async function withLog<T>(
    {
      brokers = server.scram,
      fields,
      password = LOGIN.password,
    }: { brokers?: string; fields: string; password?: string },
    work: (log: EventLog) => Promise<T>,
  ): Promise<T> {
    const yaml = `{kind: kafka, brokers: '${brokers}', ${fields}}`;
    const config = configWith('event_log', yaml, { KAFKA_PASSWORD: password });
    const say = (message: string, more: object): void => void warnings.push(`${message} ${JSON.stringify(more)}`);
    const log = await createEventLog(logConfigOf(config), { now: Date.now, logger: { warn: say, error: say } });
    try {
      return await work(log);
    } finally {
      await log.close();
    }
  }

  const sasl = (mechanism = 'scram-sha-512') =>
    `sasl: {mechanism: ${mechanism}, username: ${LOGIN.username}, password: '\${env:KAFKA_PASSWORD}'}`;
  const trusted = () => `tls: {ca_file: '${certificates.ca}'}`;

  /** A message there and back. */
  async function carry(log: EventLog, topic: string): Promise<void> {
    await log.ensureTopics([{ topic, partitions: 1 }]);
    await log.append([{ topic, messages: [{ key: Buffer.from('k'), value: Buffer.from('v'), timestamp: 0 }] }]);
    const received = new Promise<ReceivedMessage[]>((resolve, reject) => {
      const onBatch = async ({ messages }: LogBatch): Promise<void> => resolve(messages);
      log
        .consume({ group: `${topic}.group`, topics: [topic], maxMessages: 10, onBatch, onCrash: reject })
        .catch(reject);
    });
    expect((await received).map(({ value }) => value?.toString())).toEqual(['v']);
  }

  it.each(['scram-sha-512', 'scram-sha-256'])(
    'carries messages with the right authority and password: %s',
    (mechanism) => withLog({ fields: `${trusted()}, ${sasl(mechanism)}` }, (log) => carry(log, `secured-${mechanism}`)),
  );

  it('carries messages with a certificate in place of a password', () => {
    const own = `cert_file: '${certificates.clientCert}', key_file: '${certificates.clientKey}'`;
    const fields = `tls: {ca_file: '${certificates.ca}', ${own}}`;
    return withLog({ brokers: server.mutual, fields }, (log) => carry(log, 'secured-mutual'));
  });

  // kafkajs tries each for a dozen seconds: side by side they take no longer than one.
  it('is not used, and says why, when something is wrong', async () => {
    const attempt = (fields: string, more: { brokers?: string; password?: string } = {}) =>
      withLog({ fields, ...more }, (log) => refusal(log.ensureTopics([{ topic: 'refused', partitions: 1 }])));
    const [authority, name, certificate, plain, password] = await Promise.all([
      attempt(`tls: {ca_file: '${certificates.otherCa}'}, ${sasl()}`),
      attempt(`tls: {ca_file: '${certificates.ca}', server_name: kafka.example}, ${sasl()}`),
      attempt(trusted(), { brokers: server.mutual }),
      attempt(sasl()),
      attempt(`${trusted()}, ${sasl()}`, { password: 'wrong-77c2' }),
    ]);
    expect(authority).toMatchObject({ code: 'LOG_TLS_FAILED', message: expect.stringContaining('trusted') });
    expect(name).toMatchObject({ code: 'LOG_TLS_FAILED', message: expect.stringContaining('another name') });
    // The broker closes the connection; whether its reason arrives before that is a matter of chance.
    expect(certificate.code).toMatch(/^LOG_(TLS_FAILED|UNAVAILABLE)$/);
    expect(plain).toMatchObject({ code: 'LOG_UNAVAILABLE' });
    expect(password).toMatchObject({ code: 'LOG_UNAUTHORIZED' });
    const shown = [authority, name, certificate, plain, password].map(({ all }) => all).join() + warnings.join();
    expect(shown).not.toContain(LOGIN.password);
    expect(shown).not.toContain('wrong-77c2');
  });
});
