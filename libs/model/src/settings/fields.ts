import { canonicalDecimal, type Decimal } from '../decimal';
import { isLocalDate, type LocalDate } from '../local-date';
import { didYouMean } from './setting-finding';
import type { YamlCursor } from './yaml-cursor';

/** What a reader gives when it reported a finding instead of a value. */
export const INVALID = Symbol('invalid');
export type Result<T> = T | typeof INVALID;

/** One line of the reference documentation. */
export interface FieldDoc {
  path: string;
  type: string;
  description: string;
}

/** A field of a settings file: how it is read, checked and documented, in one place. */
export interface Field<T> {
  read(at: YamlCursor): Result<T>;
  document(path: string): FieldDoc[];
  optional?: boolean;
}

export type Read<F> = F extends Field<infer T> ? T : never;

interface Range {
  min?: number;
  max?: number;
}

function scalarField<T>(
  type: string,
  description: string,
  parse: (value: unknown, written: string) => T | undefined,
): Field<T> {
  return {
    read(at) {
      const scalar = at.scalar();
      const parsed = scalar && parse(scalar.value, scalar.written);
      if (parsed !== undefined) return parsed;
      at.report(`must be ${type}`);
      return INVALID;
    },
    document: (path) => [{ path, type, description }],
  };
}

function rangeText(noun: string, { min, max }: Range): string {
  if (min !== undefined && max !== undefined) return `${noun} from ${min} to ${max}`;
  if (min !== undefined) return `${noun} of at least ${min}`;
  return max === undefined ? noun : `${noun} of at most ${max}`;
}

function inRange(value: unknown, { min = -Infinity, max = Infinity }: Range): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max;
}

/** A ratio, weight or number of points. */
export function number(description: string, range: Range = {}): Field<number> {
  return scalarField(rangeText('a number', range), description, (value) => (inRange(value, range) ? value : undefined));
}

/** A count or a number of days. */
export function whole(description: string, range: Range = { min: 0 }): Field<number> {
  return scalarField(rangeText('a whole number', range), description, (value) =>
    inRange(value, range) && Number.isInteger(value) ? value : undefined,
  );
}

/** An amount of money, exact as written, zero or more. */
export function amount(description: string): Field<Decimal> {
  return scalarField('an amount of at least 0', description, (value, written) =>
    inRange(value, { min: 0 }) ? canonicalDecimal(written) : undefined,
  );
}

export function text(description: string): Field<string> {
  return scalarField('text', description, (value) => (typeof value === 'string' && value !== '' ? value : undefined));
}

export function flag(description: string): Field<boolean> {
  return scalarField('true or false', description, (value) => (typeof value === 'boolean' ? value : undefined));
}

export function date(description: string): Field<LocalDate> {
  return scalarField('a day YYYY-MM-DD', description, (value) =>
    typeof value === 'string' && isLocalDate(value) ? value : undefined,
  );
}

export function oneOf<const V extends string>(values: readonly V[], description: string): Field<V> {
  const type = values.length === 1 ? `\`${values[0]}\`` : `one of ${values.map((value) => `\`${value}\``).join(', ')}`;
  return {
    read(at) {
      const written = at.scalar()?.value;
      const found = values.find((value) => value === written);
      if (found !== undefined) return found;
      at.report(
        `must be ${type.replaceAll('`', '')}`,
        typeof written === 'string' ? didYouMean(written, values) : undefined,
      );
      return INVALID;
    },
    document: (path) => [{ path, type, description }],
  };
}

/** null is a value of its own here. */
export function nullable<T>(field: Field<T>): Field<T | null> {
  return {
    read: (at) => (at.scalar()?.value === null ? null : field.read(at)),
    document: (path) => field.document(path).map((doc) => ({ ...doc, type: `${doc.type}, or null` })),
  };
}

/** May be left out. */
export function optional<T>(field: Field<T>): Field<T | undefined> {
  return {
    read: (at) => field.read(at),
    document: (path) => field.document(path).map((doc) => ({ ...doc, type: `${doc.type}; optional` })),
    optional: true,
  };
}

export function list<T>(item: Field<T>, description: string): Field<T[]> {
  return {
    read(at) {
      const elements = at.elements();
      if (!elements || elements.length === 0) {
        at.report('must be a list with at least one element');
        return INVALID;
      }
      return allOf(elements.map((element) => item.read(element)));
    },
    document: (path) => [
      { path, type: 'list', description },
      ...item.document(`${path}[]`).filter((doc) => doc.description),
    ],
  };
}

/** Two numbers: `[x, y]`. */
export function pair(): Field<[number, number]> {
  const part = number('');
  return {
    read(at) {
      const elements = at.elements();
      if (elements?.length !== 2) {
        at.report('must be two numbers [x, y]');
        return INVALID;
      }
      const x = part.read(elements[0]);
      const y = part.read(elements[1]);
      return x === INVALID || y === INVALID ? INVALID : [x, y];
    },
    document: () => [],
  };
}

/** Names of the file's own choosing (features, levels) → values. */
export function mapOf<T>(value: Field<T>, placeholder: string, description: string): Field<Record<string, T>> {
  return {
    read(at) {
      const entries = at.entries();
      if (!entries || entries.length === 0) {
        at.report('must be a map with at least one entry');
        return INVALID;
      }
      const values = entries.map((entry) => value.read(entry.at));
      const complete = allOf(values);
      if (complete === INVALID) return INVALID;
      return Object.fromEntries(entries.map((entry, index) => [entry.key, complete[index]]));
    },
    document: (path) => [
      { path, type: 'map', description },
      ...value.document(`${path}.${placeholder}`).filter((doc) => doc.description),
    ],
  };
}

type Fields = Record<string, Field<unknown>>;
type ReadAll<F extends Fields> = { [Name in keyof F]: Read<F[Name]> };

/** Fields with fixed names: camelCase in code, snake_case in the file. Unknown and missing ones are findings. */
export function object<F extends Fields>(fields: F, description = ''): Field<ReadAll<F>> {
  const byWritten = new Map(Object.keys(fields).map((name) => [writtenName(name), name]));
  return {
    read(at) {
      const entries = at.entries();
      if (!entries) {
        at.report('must be a map');
        return INVALID;
      }
      const values: Record<string, unknown> = {};
      let complete = true;
      for (const { key, at: below, keyAt } of entries) {
        const name = byWritten.get(key);
        if (name === undefined) {
          keyAt.report('unknown field', didYouMean(key, byWritten.keys()));
          complete = false;
          continue;
        }
        values[name] = fields[name].read(below);
        complete &&= values[name] !== INVALID;
      }
      for (const [written, name] of byWritten) {
        if (name in values || fields[name].optional) continue;
        at.report(`field ${written} is missing`);
        complete = false;
      }
      return complete ? (values as ReadAll<F>) : INVALID;
    },
    document: (path) => [
      ...(description ? [{ path, type: 'map', description }] : []),
      ...Object.keys(fields).flatMap((name) =>
        fields[name].document(path ? `${path}.${writtenName(name)}` : writtenName(name)),
      ),
    ],
  };
}

/** camelCase → snake_case; a single letter stays as it is. */
export function writtenName(name: string): string {
  return name.length === 1 ? name : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function allOf<T>(values: Result<T>[]): Result<T[]> {
  return values.every((value): value is T => value !== INVALID) ? values : INVALID;
}
