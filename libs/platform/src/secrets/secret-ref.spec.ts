import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { resolveReference, SecretRef } from './secret-ref';

describe('SecretRef', () => {
  const places = { env: { PASSWORD: 's3cret' }, directory: mkdtempSync(join(tmpdir(), 'syncline-secret-')) };

  it('is resolved where it is used and shows its reference everywhere else', () => {
    const secret = new SecretRef('${env:PASSWORD}', places);
    expect(secret.reveal()).toBe('s3cret');
    expect(`${String(secret)} ${JSON.stringify(secret)} ${inspect(secret)}`).not.toContain('s3cret');
    expect(String(secret)).toBe('${env:PASSWORD}');
  });

  it('hides a literal', () => {
    const secret = new SecretRef('s3cret', places);
    expect(secret.reveal()).toBe('s3cret');
    expect(`${String(secret)} ${JSON.stringify(secret)} ${inspect(secret, { showHidden: true })}`).not.toContain(
      's3cret',
    );
  });

  it('reads a file relative to the configuration, without its last line break', () => {
    writeFileSync(join(places.directory, 'token'), 'abc\n');
    expect(resolveReference('${file:token}', places)).toBe('abc');
  });

  it.each(['${env:NOT_SET}', '${file:not-there}'])('names the reference that leads nowhere: %s', (reference) => {
    expect(() => resolveReference(reference, places)).toThrow(reference);
  });
});
