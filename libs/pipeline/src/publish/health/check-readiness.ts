import { Inject, Injectable } from '@nestjs/common';
import { SynclineError } from '@syncline/model';
import { HEALTH_CHECKS, type HealthCheck } from '../ports/health-check.port';

export type PartHealth = { status: 'up' } | { status: 'down'; code: string; message: string };

export interface Readiness {
  status: 'up' | 'down';
  parts: Record<string, PartHealth>;
}

/** A part that does not answer within this time is down. */
const TIMEOUT_MS = 3_000;

/** Asks every part whether it works. */
@Injectable()
export class CheckReadiness {
  constructor(@Inject(HEALTH_CHECKS) private readonly checks: readonly HealthCheck[]) {}

  async check(): Promise<Readiness> {
    const parts = await Promise.all(this.checks.map(async (check) => [check.name, await partHealth(check)] as const));
    return {
      status: parts.every(([, part]) => part.status === 'up') ? 'up' : 'down',
      parts: Object.fromEntries(parts),
    };
  }
}

/** Foreign errors can quote addresses with passwords: only what was raised on purpose is shown. */
async function partHealth(check: HealthCheck): Promise<PartHealth> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), TIMEOUT_MS);
  try {
    await Promise.race([check.check(timeout.signal), aborted(timeout.signal)]);
    return { status: 'up' };
  } catch (error) {
    if (error instanceof SynclineError) return { status: 'down', code: error.code, message: error.message };
    return {
      status: 'down',
      code: 'UNREACHABLE',
      message: 'The part does not answer; the log of the process has the cause.',
    };
  } finally {
    clearTimeout(timer);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('no answer in time')), { once: true });
  });
}
