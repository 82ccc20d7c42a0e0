import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generateApiKey, type ApiKeyStore } from '@syncline/pipeline/publish';
import { instantOf, type Clock } from '@syncline/pipeline/shared';

/**
 * Makes the administrator's key of a new installation: kept hashed in the store, and in `path` for the command line of
 * the same user alone. An installation that has any key gets no further one.
 * @returns the key, to be shown once, or null when there was one already
 */
export async function makeFirstKey(keys: ApiKeyStore, clock: Clock, path: string): Promise<string | null> {
  if ((await keys.list()).length > 0) return null;
  const { id, key, hash } = generateApiKey(randomBytes);
  const createdAt = instantOf(clock.now());
  mkdirSync(dirname(path), { recursive: true });
  // The file first: a key whose file could not be written would be lost for good.
  writeFileSync(path, `${key}\n`, { mode: 0o600 });
  await keys.add({
    id,
    name: 'first administrator',
    role: 'administrator',
    hash,
    createdAt,
    expiresAt: null,
    revokedAt: null,
  });
  return key;
}
