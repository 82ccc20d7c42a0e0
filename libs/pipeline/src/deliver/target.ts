import Ajv, { type ErrorObject } from 'ajv';
import { SynclineError } from '@syncline/model';
import { DELIVER_ERRORS } from './errors';
import { FURTHEST_AHEAD_MS } from './delivery-store.port';

/** A target as its file under config/targets/ describes it; see docs/reference/adapters.md. */
export interface TargetDescription {
  name: string;
  title: string;
  /** Whose accounts are meant: their keys and codes are the target's. */
  system: string;
  /** Manifest id of the adapter. */
  adapter: string;
  /** The adapter's own part; may hold secret references, resolved in the adapter only. */
  config: Record<string, unknown>;
  enabled: boolean;
  /** Accounts that may be written in a second, per process; null = the adapter's default. */
  ratePerSecond: number | null;
  /** Accounts claimed and written together. */
  batchSize: number;
  /** Batches worked on at the same time, per process. */
  concurrency: number;
  /** For one call to the adapter. */
  timeoutMs: number;
  /** After a crash another process takes over this much later; above four times `timeoutMs`. */
  leaseMs: number;
  retry: RetryDescription;
  breaker: BreakerDescription;
}

export interface RetryDescription {
  /** Then the delivery is 'failed' until someone retries it. Failures of the whole target don't count. */
  maxAttempts: number;
  initialMs: number;
  maxMs: number;
}

export interface BreakerDescription {
  /** Failures of the whole target in a row that open the circuit. */
  failures: number;
  /** After this long one delivery is tried. */
  halfOpenAfterMs: number;
}

const positive = (fallback: number, maximum = 86_400_000) => ({
  type: 'integer',
  minimum: 1,
  maximum,
  default: fallback,
});
const section = (properties: Record<string, unknown>) => ({
  type: 'object',
  additionalProperties: false,
  default: {},
  properties,
});

/** JSON Schema of a file under config/targets/. */
export const TARGET_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'system', 'adapter', 'config'],
  properties: {
    name: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,39}$' },
    title: { type: 'string', minLength: 1 },
    system: { type: 'string', minLength: 1 },
    adapter: { type: 'string', minLength: 1 },
    config: { type: 'object' },
    enabled: { type: 'boolean', default: true },
    rate_per_second: { type: 'number', exclusiveMinimum: 0, maximum: 100_000 },
    batch_size: positive(50, 1_000),
    concurrency: positive(2, 64),
    timeout_ms: positive(30_000),
    lease_ms: positive(150_000, FURTHEST_AHEAD_MS),
    retry: section({
      max_attempts: positive(12, 1_000),
      initial_ms: positive(1_000, FURTHEST_AHEAD_MS),
      max_ms: positive(900_000, FURTHEST_AHEAD_MS),
    }),
    breaker: section({ failures: positive(5, 1_000), half_open_after_ms: positive(30_000) }),
  },
} as const;

interface TargetFile {
  name: string;
  title?: string;
  system: string;
  adapter: string;
  config: Record<string, unknown>;
  enabled: boolean;
  rate_per_second?: number;
  batch_size: number;
  concurrency: number;
  timeout_ms: number;
  lease_ms: number;
  retry: { max_attempts: number; initial_ms: number; max_ms: number };
  breaker: { failures: number; half_open_after_ms: number };
}

const validate = new Ajv({ useDefaults: true, strict: false }).compile<TargetFile>(TARGET_SCHEMA);

/**
 * The target that a parsed file under config/targets/ describes, with defaults filled in.
 * @param where the file's name, for the message
 * @throws SynclineError TARGET_DESCRIPTION_INVALID naming the field and what it must be
 */
export function targetDescription(parsed: unknown, where: string): TargetDescription {
  const file: unknown = structuredClone(parsed);
  if (!validate(file)) throw invalid(problemOf(validate.errors?.[0]), where);
  if (file.lease_ms < 4 * file.timeout_ms) throw invalid('lease_ms must be at least four times timeout_ms', where);
  return {
    name: file.name,
    title: file.title ?? file.name,
    system: file.system,
    adapter: file.adapter,
    config: file.config,
    enabled: file.enabled,
    ratePerSecond: file.rate_per_second ?? null,
    batchSize: file.batch_size,
    concurrency: file.concurrency,
    timeoutMs: file.timeout_ms,
    leaseMs: file.lease_ms,
    retry: { maxAttempts: file.retry.max_attempts, initialMs: file.retry.initial_ms, maxMs: file.retry.max_ms },
    breaker: { failures: file.breaker.failures, halfOpenAfterMs: file.breaker.half_open_after_ms },
  };
}

function problemOf(error: ErrorObject | undefined): string {
  const field = (error?.instancePath ?? '').slice(1).replaceAll('/', '.');
  const extra = typeof error?.params.additionalProperty === 'string' ? ` (${error.params.additionalProperty})` : '';
  return `${field === '' ? 'the file' : field} ${error?.message ?? 'is invalid'}${extra}`;
}

function invalid(problem: string, where: string): SynclineError {
  const { kind, advice } = DELIVER_ERRORS.TARGET_DESCRIPTION_INVALID;
  return new SynclineError({ code: 'TARGET_DESCRIPTION_INVALID', kind, message: problem, advice, where });
}
