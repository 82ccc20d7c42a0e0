import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '@syncline/model';
import { CLOCK, instantOf, type Clock } from '../../shared/clock';
import { generateApiKey, type ApiKey } from '../access/api-key';
import type { Role } from '../access/roles';
import { API_KEY_STORE, type ApiKeyStore } from '../ports/access-store.port';

export const RANDOM_BYTES = Symbol('RandomBytes');
export type RandomBytes = (bytes: number) => Buffer;

/** Makes API keys. The key itself is in the answer and nowhere else: it can't be shown again. */
@Injectable()
export class IssueApiKey {
  constructor(
    @Inject(API_KEY_STORE) private readonly keys: ApiKeyStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM_BYTES) private readonly random: RandomBytes,
  ) {}

  async issue(request: {
    name: string;
    role: Role;
    expiresAt: Instant | null;
  }): Promise<{ stored: ApiKey; key: string }> {
    const { id, key, hash } = generateApiKey(this.random);
    const stored: ApiKey = { id, hash, ...request, createdAt: instantOf(this.clock.now()), revokedAt: null };
    await this.keys.add(stored);
    return { stored, key };
  }

  /** The first key of an installation, or undefined when it has one already. */
  async issueFirst(name: string, role: Role): Promise<string | undefined> {
    if ((await this.keys.list()).length > 0) return undefined;
    return (await this.issue({ name, role, expiresAt: null })).key;
  }
}
