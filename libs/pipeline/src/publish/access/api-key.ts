import { createHash, timingSafeEqual } from 'node:crypto';
import type { Instant } from '@syncline/model';
import type { Role } from './roles';

/** What the store keeps of a key: never the key itself. */
export interface ApiKey {
  /** Public part; names the key in lists and in the audit. */
  id: string;
  /** What it is for. */
  name: string;
  role: Role;
  /** SHA-256 of the whole key in hex. The key has 256 random bits, so that a slow hash would add nothing. */
  hash: string;
  createdAt: Instant;
  expiresAt: Instant | null;
  revokedAt: Instant | null;
}

const ID_BYTES = 6;
const SECRET_BYTES = 32;
const FORM = /^syk_([0-9a-f]{12})_[A-Za-z0-9_-]{43}$/;

/** A new key. @param random gives that many random bytes (node's randomBytes) */
export function generateApiKey(random: (bytes: number) => Buffer): { id: string; key: string; hash: string } {
  const id = random(ID_BYTES).toString('hex');
  const key = `syk_${id}_${random(SECRET_BYTES).toString('base64url')}`;
  return { id, key, hash: hashApiKey(key) };
}

export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** The public id inside a presented key, or undefined when it does not have a key's form. */
export function apiKeyId(key: string): string | undefined {
  return FORM.exec(key)?.[1];
}

/** What a key that is not there is compared with. */
const NO_HASH = '0'.repeat(64);

/** Whether `presented` is `stored` and in force at `now`. Takes equally long for every wrong key, known or not. */
export function matchesApiKey(presented: string, stored: ApiKey | undefined, now: Instant): stored is ApiKey {
  const expected = Buffer.from(stored?.hash ?? NO_HASH, 'hex');
  const equal = timingSafeEqual(Buffer.from(hashApiKey(presented), 'hex'), expected);
  return equal && stored !== undefined && isInForce(stored, now);
}

/** Whether a key is neither revoked nor past its end. */
export function isInForce({ revokedAt, expiresAt }: ApiKey, now: Instant): boolean {
  return revokedAt === null && (expiresAt === null || now < expiresAt);
}
