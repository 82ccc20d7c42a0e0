import { readFile } from 'node:fs/promises';
import type { SecretSource } from '@syncline/pipeline/deliver';
import { configError } from './failures';

const REFERENCE = /\$\{(env|file):([^}]+)\}/g;

/**
 * Resolves `${env:NAME}` and `${file:/path}` wherever they stand in a text. A trailing line break of a file is
 * dropped, as mounted secrets have one.
 * @throws SynclineError SECRET_UNAVAILABLE naming the reference, never a value
 */
export function secretSource(
  environment: Readonly<Record<string, string | undefined>>,
  read: (path: string) => Promise<string> = (path) => readFile(path, 'utf8'),
): SecretSource {
  const valueOf = async (kind: string, name: string): Promise<string> => {
    const value = kind === 'env' ? environment[name] : await read(name).catch(() => undefined);
    if (value === undefined) {
      throw configError('SECRET_UNAVAILABLE', `\${${kind}:${name}} can't be resolved`, `${kind}:${name}`);
    }
    return kind === 'file' ? value.replace(/\r?\n$/, '') : value;
  };
  return {
    async resolve(text) {
      let resolved = '';
      let end = 0;
      for (const match of text.matchAll(REFERENCE)) {
        resolved += text.slice(end, match.index) + (await valueOf(match[1]!, match[2]!));
        end = match.index + match[0].length;
      }
      return resolved + text.slice(end);
    },
  };
}

/** Whether a text holds a secret reference. */
export function hasSecretReference(text: string): boolean {
  return text.search(REFERENCE) >= 0;
}
