import { readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { platformError } from '../errors';

const REFERENCE = /^\$\{(env|file):([^}]+)\}$/;

/** Where references are looked up. */
export interface SecretPlaces {
  env: Readonly<Record<string, string | undefined>>;
  /** Relative `${file:…}` paths start here. */
  directory: string;
}

/** The field that holds a secret, for the error when there is none: `store.url`, `profiles/distributed.yaml:2:5`. */
export interface SecretField {
  name: string;
  where: string;
}

/** Whether a text is exactly one `${env:NAME}` or `${file:path}`. */
export function isReference(text: string): boolean {
  return REFERENCE.test(text);
}

/**
 * What a reference points to; text that is none is its own value. A file's last line break is not part of it.
 * @throws SynclineError SECRET_MISSING naming the reference, never a value
 */
export function resolveReference(text: string, places: SecretPlaces): string {
  const match = REFERENCE.exec(text);
  if (!match) return text;
  const [, kind, name = ''] = match;
  const value = kind === 'env' ? places.env[name] : readSecretFile(name, places.directory);
  if (value === undefined || value === '') {
    throw platformError('SECRET_MISSING', `${text} is ${kind === 'env' ? 'not set' : 'empty'}`);
  }
  return value;
}

function readSecretFile(name: string, directory: string): string {
  const path = isAbsolute(name) ? name : resolve(directory, name);
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw platformError('SECRET_MISSING', `\${file:${name}} can't be read`, { cause });
  }
}

/**
 * A secret of the configuration. It is resolved only where it is used, and shows its reference wherever it would be
 * printed: in logs, errors, JSON and the API.
 */
export class SecretRef {
  /** `${env:NAME}`, `${file:path}`, or `***` for a literal. */
  readonly shown: string;

  readonly #text: string;
  readonly #places: SecretPlaces;
  readonly #field: SecretField | undefined;

  constructor(text: string, places: SecretPlaces, field?: SecretField) {
    this.#text = text;
    this.#places = places;
    this.#field = field;
    this.shown = isReference(text) ? text : '***';
  }

  /** @throws SynclineError SECRET_MISSING */
  reveal(): string {
    try {
      return resolveReference(this.#text, this.#places);
    } catch (error) {
      if (!this.#field || !(error instanceof Error)) throw error;
      const { name, where } = this.#field;
      throw platformError('SECRET_MISSING', `${where}: ${name}: ${error.message}`, { where, cause: error });
    }
  }

  toString(): string {
    return this.shown;
  }

  toJSON(): string {
    return this.shown;
  }
}
