import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { didYouMean } from '@syncline/mapping';
import { SecretRef, type SecretPlaces } from '../secrets/secret-ref';
import type { ConfigFinding } from './finding';
import { camelCase, snakeCase, withCamelCaseKeys } from './letter-case';
import { secretNames, settingsOf } from './setting';
import type { FieldPath, YamlFile } from './yaml-file';

type Class<T> = new () => T;

export type Validated<T> = { value: T; findings: [] } | { value: null; findings: ConfigFinding[] };

/** Makes the typed object of a file, or everything that is wrong with it. Secrets become SecretRef, unresolved. */
export function validateFile<T extends object>(type: Class<T>, yaml: YamlFile, places: SecretPlaces): Validated<T> {
  const syntax = yaml.findings();
  if (syntax.length > 0) return { value: null, findings: syntax };
  const secrets = secretNames();
  const isSecret = (path: FieldPath): boolean => secrets.has(camelCase(String(path[path.length - 1])));
  const { content, findings } = yaml.resolved(places, isSecret);
  if (content === null || typeof content !== 'object' || Array.isArray(content)) {
    return {
      value: null,
      findings: [...findings, yaml.finding([], 'is not a section of fields', { expected: 'field: value' })],
    };
  }
  if (findings.length > 0) return { value: null, findings };
  const secretAt = (text: string, path: FieldPath): SecretRef => {
    const { file, line, column, field } = yaml.finding(path, '');
    return new SecretRef(text, places, { name: field, where: `${file}:${line}:${column}` });
  };
  const plain = withSecrets(withCamelCaseKeys(content), [], secrets, secretAt) as object;
  const value = plainToInstance(type, plain, { exposeDefaultValues: true });
  const errors = validateSync(value, { whitelist: true, forbidNonWhitelisted: true });
  if (errors.length === 0) return { value, findings: [] };
  return { value: null, findings: errors.flatMap((error) => findingsOf(error, [], errors, yaml)) };
}

function withSecrets(
  value: unknown,
  path: FieldPath,
  names: ReadonlySet<string>,
  secretAt: (text: string, path: FieldPath) => SecretRef,
): unknown {
  if (Array.isArray(value)) return value.map((each, index) => withSecrets(each, [...path, index], names, secretAt));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => {
    const inner = [...path, snakeCase(key)];
    const isSecret = names.has(key) && typeof each === 'string' && each !== '';
    return [key, isSecret ? secretAt(each, inner) : withSecrets(each, inner, names, secretAt)];
  });
  return Object.fromEntries(entries);
}

function findingsOf(
  error: ValidationError,
  parent: FieldPath,
  siblings: ValidationError[],
  yaml: YamlFile,
): ConfigFinding[] {
  const path = [...parent, /^\d+$/.test(error.property) ? Number(error.property) : snakeCase(error.property)];
  const children = error.children ?? [];
  const nested = children.flatMap((child) => findingsOf(child, path, children, yaml));
  if (!error.constraints) return nested;
  if ('whitelistValidation' in error.constraints) {
    // With a wrong `kind`, which fields are right is unknown: only the kind is reported.
    const hasWrongKind = siblings.some(({ property, constraints }) => property === 'kind' && constraints);
    return hasWrongKind ? nested : [unknownField(error, path, yaml), ...nested];
  }
  const setting = settingOf(error);
  const message = setting?.secret
    ? error.value === undefined
      ? 'is missing'
      : 'is not a text'
    : described(error.value);
  return [yaml.finding(path, message, { expected: setting?.expected }), ...nested];
}

function settingOf(error: ValidationError) {
  return error.target ? settingsOf(error.target.constructor as Class<object>).get(error.property) : undefined;
}

function unknownField(error: ValidationError, path: FieldPath, yaml: YamlFile): ConfigFinding {
  const known = error.target ? [...settingsOf(error.target.constructor as Class<object>).keys()].map(snakeCase) : [];
  const suggestion = didYouMean(snakeCase(error.property), known);
  return yaml.finding(path, 'is not a field here', { expected: `one of ${known.join(', ')}`, suggestion });
}

function described(value: unknown): string {
  if (value === undefined || value === null) return 'is missing';
  if (typeof value === 'object') return Array.isArray(value) ? 'is a list with something wrong in it' : 'is a section';
  return `is ${JSON.stringify(value)}`;
}
