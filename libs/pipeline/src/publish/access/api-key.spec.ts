import { createHash, randomBytes } from 'node:crypto';
import { apiKeyId, generateApiKey, hashApiKey, matchesApiKey, type ApiKey } from './api-key';

const NOW = '2026-11-20T08:00:00.000Z';

function stored(hash: string, change: Partial<ApiKey> = {}): ApiKey {
  return {
    id: 'a',
    name: 'n',
    role: 'analyst',
    hash,
    createdAt: NOW,

    expiresAt: null,
    revokedAt: null,
    ...change,
  };
}

describe('API keys', () => {
  const made = generateApiKey(randomBytes);

  it('has the form syk_<id>_<secret> and is kept as a hash only', () => {
    expect(made.key).toMatch(/^syk_[0-9a-f]{12}_[\w-]{43}$/);
    expect(apiKeyId(made.key)).toBe(made.id);
    expect(made.hash).toBe(createHash('sha256').update(made.key).digest('hex'));
  });

  it.each(['', 'syk_', 'syk_0123456789ab_short', 'abc', `${'syk_0123456789ab_'}${'a'.repeat(44)}`])(
    'has no id in %j',
    (key) => expect(apiKeyId(key)).toBeUndefined(),
  );

  it('matches itself and nothing else', () => {
    expect(matchesApiKey(made.key, stored(made.hash), NOW)).toBe(true);
    expect(matchesApiKey(`${made.key}x`, stored(made.hash), NOW)).toBe(false);
    expect(matchesApiKey(made.key, stored(hashApiKey('other')), NOW)).toBe(false);
    expect(matchesApiKey(made.key, undefined, NOW)).toBe(false);
  });

  it('does not match when revoked or expired', () => {
    expect(matchesApiKey(made.key, stored(made.hash, { revokedAt: NOW }), NOW)).toBe(false);
    expect(matchesApiKey(made.key, stored(made.hash, { expiresAt: NOW }), NOW)).toBe(false);
    expect(matchesApiKey(made.key, stored(made.hash, { expiresAt: '2026-11-20T08:00:00.001Z' }), NOW)).toBe(true);
  });
});
