import { Inject, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CLOCK, type Clock } from '../../shared/clock';
import { STAGE_METRICS, type StageMetrics } from '../../shared/stage-metrics.port';
import { retryLater } from '../problem/problem';
import { PUBLISH_SETTINGS, type AccessLimitSettings, type PublishSettings } from '../publish-settings';
import { addressGroup } from './address-group';
import { WindowCounter } from './window-counter';

/** How much a caller may. */
export const DEFAULT_ACCESS_LIMITS: AccessLimitSettings = {
  requestsPerMinute: 6_000,
  failedAttempts: 10,
  lockoutSeconds: 300,
};

export const ACCESS_COUNTERS = {
  syncline_access_refused_total: 'Requests that access refused, by reason: key, address_locked, key_locked, rate.',
} as const;

const MINUTE_MS = 60_000;
/** Addresses, keys and pairs that are remembered: some megabytes at the most. */
const MOST_NAMES = 20_000;

/**
 * Bounds what a caller may: requests of a key a minute, and failed attempts of an address and on a key id. An address
 * from which a key was rightly used keeps using it while others fail on it: whoever knows the public id of a key can
 * not lock its owner out.
 */
@Injectable()
export class AccessLimits {
  private readonly limits: AccessLimitSettings;
  private readonly requests = new WindowCounter(MINUTE_MS, MOST_NAMES);
  private readonly failures: WindowCounter;
  private readonly trusted = new LRUCache<string, true>({ max: MOST_NAMES });
  private readonly logger = new Logger('Access');

  constructor(
    @Inject(PUBLISH_SETTINGS) { accessLimits }: PublishSettings,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(STAGE_METRICS) private readonly metrics: StageMetrics,
  ) {
    this.limits = accessLimits ?? DEFAULT_ACCESS_LIMITS;
    this.failures = new WindowCounter(this.limits.lockoutSeconds * 1_000, MOST_NAMES);
  }

  /** Before a presented key is looked at. @throws SynclineError ATTEMPTS_LOCKED */
  admit(address: string, keyId: string | undefined): void {
    const from = addressGroup(address);
    if (keyId !== undefined && this.trusted.has(pair(keyId, from))) return;
    this.refuseLocked(addressName(from), 'address_locked');
    if (keyId !== undefined) this.refuseLocked(keyName(keyId), 'key_locked');
  }

  /** A presented key was unknown, wrong, expired or revoked. */
  failed(address: string, keyId: string | undefined): void {
    this.metrics.count('syncline_access_refused_total', { reason: 'key' });
    const from = addressGroup(address);
    this.countFailure(addressName(from));
    if (keyId === undefined) return;
    this.trusted.delete(pair(keyId, from));
    this.countFailure(keyName(keyId));
  }

  /** A key was right. @throws SynclineError RATE_LIMITED */
  used(address: string, keyId: string): void {
    this.trusted.set(pair(keyId, addressGroup(address)), true);
    const { requestsPerMinute } = this.limits;
    if (requestsPerMinute === 0) return;
    const now = this.clock.elapsed();
    const { count, endsAt } = this.requests.add(keyId, now);
    if (count <= requestsPerMinute) return;
    this.metrics.count('syncline_access_refused_total', { reason: 'rate' });
    throw retryLater('RATE_LIMITED', `A key may make ${requestsPerMinute} requests a minute.`, endsAt - now);
  }

  private refuseLocked(name: string, reason: string): void {
    const now = this.clock.elapsed();
    const failures = this.failures.at(name, now);
    if (!failures || !this.isLocked(failures.count)) return;
    this.metrics.count('syncline_access_refused_total', { reason });
    throw retryLater('ATTEMPTS_LOCKED', 'Too many attempts with a wrong key.', failures.endsAt - now);
  }

  private countFailure(name: string): void {
    const now = this.clock.elapsed();
    const { count } = this.failures.add(name, now);
    if (!this.isLocked(count)) return;
    const { lockoutSeconds, failedAttempts } = this.limits;
    this.failures.extend(name, now + lockoutSeconds * 1_000);
    if (count === failedAttempts)
      this.logger.warn(`${name} is locked out for ${lockoutSeconds} s after ${failedAttempts} wrong keys`);
  }

  private isLocked(failures: number): boolean {
    return this.limits.failedAttempts > 0 && failures >= this.limits.failedAttempts;
  }
}

const addressName = (from: string): string => `address ${from}`;
const keyName = (keyId: string): string => `key ${keyId}`;
const pair = (keyId: string, from: string): string => `${keyId} ${from}`;
