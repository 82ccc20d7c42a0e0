import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { createStore, createStoreQueries } from '@syncline/engine/store';
import { IssueApiKey, type ApiKeyStore, type Role } from '@syncline/pipeline/publish';
import type { Clock } from '@syncline/pipeline/shared';
import { SystemClock, type SynclineConfig } from '@syncline/platform';
import { storeConfigOf } from '../engine/engine-config';

/**
 * Makes the administrator's key of a new installation: kept hashed in the store, and in `path` for the command line of
 * the same user alone. An installation that has any key gets no further one.
 * @returns the key, to be shown once, or null when there was one already
 */
export async function makeFirstKey(keys: ApiKeyStore, clock: Clock, path: string): Promise<string | null> {
  const keep = (key: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${key}\n`, { mode: 0o600 });
  };
  const issue = new IssueApiKey(keys, clock, randomBytes);
  return (await issue.issueFirst('first administrator', 'administrator', keep)) ?? null;
}

/**
 * Makes an API key straight in the store: the first one of a distributed installation, or when all are lost. Whoever
 * may open the database may do it.
 * @returns the key, which is kept nowhere
 * @throws SynclineError EMBEDDED_STORE_IN_USE while a process runs on an embedded database
 */
export async function makeKey(config: SynclineConfig, name: string, role: Role): Promise<string> {
  const store = await createStore(storeConfigOf(config));
  try {
    await store.migrate();
    const { apiKeys, audit } = createStoreQueries(store.dialect);
    const clock = new SystemClock(config.timeZone);
    const { key, stored } = await new IssueApiKey(apiKeys, clock, randomBytes).issue({ name, role, expiresAt: null });
    await audit.append({
      at: stored.createdAt,
      actor: `cli:${userInfo().username}`,
      role: 'cli',
      action: 'syncline key',
      subject: stored.id,
      details: { before: null, after: { name, role, expires_at: null } },
      trace: randomUUID(),
    });
    return key;
  } finally {
    await store.close();
  }
}
