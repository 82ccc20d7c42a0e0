import { SynclineError } from '@syncline/model';
import type { LocalDatabase } from '@syncline/pipeline';
import type { SASLOptions } from 'kafkajs';
import type { TlsOptions } from '../connection/tls-options';

/** Where the logs write their few lines; the platform gives its own. Fields hold no payload and no secret. */
export interface LogLogger {
  warn(message: string, fields: Record<string, string | number>): void;
  error(message: string, fields: Record<string, string | number>): void;
}

export const SILENT_LOGGER: LogLogger = { warn: () => undefined, error: () => undefined };

export interface EmbeddedLogConfig {
  kind: 'embedded';
  /** Partitions of every topic, whatever its specification asks for. Default 1: one process reads them anyway. */
  partitions?: number;
  /** Messages older than this and read by every group are removed. Milliseconds; absent = kept for ever. */
  retentionMs?: number;
  /** The pauses between two tries of a rejected batch, doubling from first to most. Milliseconds. */
  backoffMs?: { first: number; most: number };
}

export interface KafkaLogConfig {
  kind: 'kafka';
  brokers: string[];
  clientId: string;
  /** Absent = not encrypted. */
  tls?: TlsOptions;
  sasl?: SASLOptions;
  /** How batches travel. Default `none`. */
  compression?: 'none' | 'gzip';
  /** For topics that `ensureTopics` creates. Default 1; a cluster wants 3. */
  replicationFactor?: number;
  /** How long a member may be silent before its partitions go to others. Default 30000. */
  sessionTimeoutMs?: number;
  /** The longest wait of a fetch that finds nothing. Default 500; it is also how long stop() may take when idle. */
  maxWaitMs?: number;
  /** The most bytes of one partition in one fetch. Default 4 MiB. */
  maxBytesPerPartition?: number;
  backoffMs?: { first: number; most: number };
}

export type EventLogConfig = EmbeddedLogConfig | KafkaLogConfig;

export interface EventLogDeps {
  /** The embedded log's home; needed for `kind: embedded`. */
  database?: LocalDatabase;
  /** Milliseconds since 1970. */
  now(): number;
  logger?: LogLogger;
}

export const DEFAULT_BACKOFF_MS = { first: 200, most: 15_000 };

/** The pause before try number `attempt` (1 = the first repetition). */
export function backoffOf(attempt: number, limits: { first: number; most: number }): number {
  return Math.min(limits.most, limits.first * 2 ** Math.min(attempt - 1, 20));
}

/** What a log line says of an error: the message, and the code where there is one. */
export function errorFields(error: unknown): Record<string, string> {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof SynclineError ? { error: message, code: error.code } : { error: message };
}
