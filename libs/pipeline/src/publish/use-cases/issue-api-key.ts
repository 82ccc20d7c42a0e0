import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '@syncline/model';
import { CLOCK, instantOf, type Clock } from '../../shared/clock';
import { generateApiKey, isInForce, type ApiKey } from '../access/api-key';
import type { Role } from '../access/roles';
import { API_KEY_STORE, type ApiKeyStore } from '../ports/access-store.port';
import { requestError } from '../problem/problem';

export const RANDOM_BYTES = Symbol('RandomBytes');
export type RandomBytes = (bytes: number) => Buffer;

interface KeyRequest {
  name: string;
  role: Role;
  expiresAt: Instant | null;
}

interface MadeKey {
  stored: ApiKey;
  key: string;
}

/** Makes API keys. The key itself is in the answer and nowhere else: it can't be shown again. */
@Injectable()
export class IssueApiKey {
  constructor(
    @Inject(API_KEY_STORE) private readonly keys: ApiKeyStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM_BYTES) private readonly random: RandomBytes,
  ) {}

  async issue(request: KeyRequest): Promise<MadeKey> {
    const made = this.make(request);
    await this.keys.add(made.stored);
    return made;
  }

  /**
   * A key in the place of another: same name and role. The other one ends after `overlapMs`, or earlier where it would
   * have ended anyway; the new one lives as long as the other one was made to live, unless `expiresAt` is given.
   * @throws SynclineError API_KEY_NOT_FOUND
   */
  async rotate(
    id: string,
    overlapMs: number,
    expiresAt?: Instant,
  ): Promise<{ old: ApiKey; stored: ApiKey; key: string }> {
    const now = this.clock.now();
    const old = await this.keys.find(id);
    if (!old || !isInForce(old, instantOf(now))) throw notInForce();
    const { key, ...made } = generateApiKey(this.random);
    const { name, role } = old;
    const stored: ApiKey = {
      ...made,
      name,
      role,
      createdAt: instantOf(now),
      expiresAt: expiresAt ?? sameLifetime(old, now),
      revokedAt: null,
    };
    if (!(await this.keys.replace(id, instantOf(now + overlapMs), stored))) throw notInForce();
    return { old, stored, key };
  }

  /**
   * The first key of an installation, or undefined when it has one already. It is given to `keep` before it counts: a
   * crash in between leaves a key that opens nothing, and the next start makes another one. The other way round nobody
   * would ever have seen the only key there is.
   */
  async issueFirst(name: string, role: Role, keep: (key: string) => void): Promise<string | undefined> {
    if ((await this.keys.list()).length > 0) return undefined;
    const { stored, key } = this.make({ name, role, expiresAt: null });
    keep(key);
    await this.keys.add(stored);
    return key;
  }

  private make(request: KeyRequest): MadeKey {
    const { id, key, hash } = generateApiKey(this.random);
    return { stored: { id, hash, ...request, createdAt: instantOf(this.clock.now()), revokedAt: null }, key };
  }
}

function sameLifetime({ createdAt, expiresAt }: ApiKey, now: number): Instant | null {
  return expiresAt === null ? null : instantOf(now + Date.parse(expiresAt) - Date.parse(createdAt));
}

function notInForce() {
  return requestError('API_KEY_NOT_FOUND', 'No API key in force has this id.', 'id');
}
