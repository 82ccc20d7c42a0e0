import type { EventLogConfig, KafkaLogConfig } from '@syncline/engine/log';
import type { JobQueueConfig } from '@syncline/engine/jobs';
import type { StoreConfig } from '@syncline/engine/store';
import { tlsMaterial, type KafkaLogSettings, type SynclineConfig, type TlsMaterial } from '@syncline/platform';

const DAY_MS = 86_400_000;

type TlsSection = Parameters<typeof tlsMaterial>[0] | undefined;

/** How the store is opened. @throws SynclineError SECRET_MISSING, TLS_FILE_UNUSABLE */
export function storeConfigOf({ profile: { store }, directory }: SynclineConfig): StoreConfig {
  if (store.kind === 'sqlite') return { kind: 'sqlite', path: store.path };
  return { kind: store.kind, url: store.url.reveal(), poolSize: store.poolSize, ...tlsOf(store.tls, directory) };
}

/** How the event log is opened. @throws SynclineError SECRET_MISSING, TLS_FILE_UNUSABLE */
export function logConfigOf({ profile: { eventLog }, directory }: SynclineConfig): EventLogConfig {
  if (eventLog.kind === 'embedded') return { kind: 'embedded', retentionMs: eventLog.retentionDays * DAY_MS };
  const { brokers, clientId, replicationFactor, tls } = eventLog;
  return { kind: 'kafka', brokers, clientId, replicationFactor, ...tlsOf(tls, directory), ...saslOf(eventLog) };
}

/** How the job queue is opened. @throws SynclineError SECRET_MISSING, TLS_FILE_UNUSABLE */
export function queueConfigOf({ profile: { jobQueue }, directory }: SynclineConfig): JobQueueConfig {
  if (jobQueue.kind === 'embedded') return { kind: 'embedded' };
  const { url, username, password, prefix, tls } = jobQueue;
  const login = password && { password: password.reveal(), ...(username === undefined ? {} : { username }) };
  return { kind: 'bullmq', url: url.reveal(), prefix, ...(login ? { login } : {}), ...tlsOf(tls, directory) };
}

function tlsOf(section: TlsSection, directory: string): { tls?: TlsMaterial } {
  return section ? { tls: tlsMaterial(section, directory) } : {};
}

function saslOf({ sasl }: KafkaLogSettings): Pick<KafkaLogConfig, 'sasl'> {
  if (!sasl) return {};
  const { mechanism, username, password } = sasl;
  // kafkajs has one type for each mechanism, all with the same fields.
  return { sasl: { mechanism: mechanism as 'plain', username, password: password.reveal() } };
}
