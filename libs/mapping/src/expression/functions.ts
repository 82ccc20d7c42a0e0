import type { Environment } from '@marcbachmann/cel-js';
import { addDays, Big, isLocalDate } from '@syncline/model';
import { TIME_UNITS, toLocalDate, type TimeUnit } from '../coerce/temporal';
import { ExactDecimal, toExactDecimal, typeName } from './exact-decimal';

export interface FunctionDescription {
  signature: string;
  description: string;
  handler: (...args: never[]) => unknown;
}

const MAX_PLACES = 20;

/** What Syncline adds to the language; the reference documentation is made from it. */
export const FUNCTIONS: readonly FunctionDescription[] = [
  {
    signature: 'dec(dyn): decimal',
    description: 'The exact decimal of a text or number; arithmetic needs it: `dec(debit) - dec(credit)`.',
    handler: (value: unknown) => toExactDecimal(value),
  },
  {
    signature: 'dec(dyn, dyn): decimal',
    description: 'The same, with a second value to use when the first is null.',
    handler: (value: unknown, other: unknown) => toExactDecimal(value ?? other),
  },
  {
    signature: 'abs(decimal): decimal',
    description: 'Without its sign.',
    handler: (value: ExactDecimal) => new ExactDecimal(value.value.abs()),
  },
  {
    signature: 'neg(decimal): decimal',
    description: 'With the other sign.',
    handler: (value: ExactDecimal) => new ExactDecimal(value.value.times(-1)),
  },
  {
    signature: 'round(decimal, int): decimal',
    description: 'Rounded half up to so many decimals (0 to 20).',
    handler: round,
  },
  {
    signature: 'modelId(dyn, string): dyn',
    description: 'Of a pair like "sale.line,151": the id when the model is the given one, otherwise null.',
    handler: modelId,
  },
  {
    signature: 'modelName(dyn): dyn',
    description: 'Of such a pair: the model; null of null.',
    handler: (value: unknown) =>
      typeof value === 'string' && value.includes(',') ? value.slice(0, value.indexOf(',')) : null,
  },
  {
    signature: 'iff(bool, dyn, dyn): dyn',
    description:
      'The second when the first is true, otherwise the third; both are computed, and may be of any type, null too.',
    handler: (test: boolean, yes: unknown, no: unknown) => (test ? yes : no),
  },
  { signature: 'text(dyn): dyn', description: 'The text of a number or text; null of null.', handler: textOf },
  {
    signature: 'coalesce(dyn, dyn): dyn',
    description: 'The first that is not null.',
    handler: (a: unknown, b: unknown) => a ?? b,
  },
  {
    signature: 'coalesce(dyn, dyn, dyn): dyn',
    description: 'The first that is not null.',
    handler: (a: unknown, b: unknown, c: unknown) => a ?? b ?? c,
  },
  {
    signature: 'blankToNull(dyn): dyn',
    description: 'Null for a text of blanks only, otherwise the text without blanks around it.',
    handler: (value: unknown) => (typeof value === 'string' ? value.trim() || null : value),
  },
  {
    signature: 'day(dyn, string): string',
    description: 'The day of a number in the given unit (days, seconds, millis, micros, nanos, yyyymmdd), in UTC.',
    handler: day,
  },
  {
    signature: 'addDays(string, int): string',
    description: 'The day so many days after a day YYYY-MM-DD.',
    handler: plusDays,
  },
];

function round(value: ExactDecimal, places: bigint): ExactDecimal {
  if (places < 0n || places > MAX_PLACES) throw new RangeError(`round() takes 0 to ${MAX_PLACES} decimals`);
  return new ExactDecimal(value.value.round(Number(places), Big.roundHalfUp));
}

function textOf(value: unknown): string | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'object') return toExactDecimal(value).toString();
  return String(value as number | bigint | boolean);
}

function modelId(value: unknown, model: string): string | null {
  if (value === null) return null;
  if (typeof value !== 'string') throw new RangeError(`modelId() needs a text, not a ${typeName(value)}`);
  const id = value.startsWith(`${model},`) ? value.slice(model.length + 1) : '';
  // Tryton writes "model,-1" or "model," for a pair without an id.
  return id === '' || id === '-1' ? null : id;
}

function day(value: unknown, unit: string): string {
  if (!(TIME_UNITS as readonly string[]).includes(unit))
    throw new RangeError(`day() knows the units ${TIME_UNITS.join(', ')}`);
  return toLocalDate(value, { unit: unit as TimeUnit, zone: 'UTC', storedIn: 'UTC' });
}

function plusDays(from: string, days: bigint): string {
  if (!isLocalDate(from)) throw new RangeError('addDays() needs a day YYYY-MM-DD');
  return addDays(from, Number(days));
}

/** Names of the functions, for the check of calls. */
export const FUNCTION_NAMES: ReadonlySet<string> = new Set(
  FUNCTIONS.map((fn) => fn.signature.slice(0, fn.signature.indexOf('('))),
);

/** Adds the decimal type, its operators and the functions to an environment of the language. */
export function addFunctions(environment: Environment): Environment {
  environment.registerType('decimal', ExactDecimal);
  const arithmetic: Record<string, (a: Big, b: Big) => Big> = {
    '+': (a, b) => a.plus(b),
    '-': (a, b) => a.minus(b),
    '*': (a, b) => a.times(b),
    '/': (a, b) => a.div(b),
  };
  for (const [operator, compute] of Object.entries(arithmetic)) {
    const run = (a: unknown, b: unknown) => new ExactDecimal(compute(toExactDecimal(a).value, toExactDecimal(b).value));
    for (const [left, right] of PAIRS) environment.registerOperator(`${left} ${operator} ${right}: decimal`, run);
  }
  const comparison: Record<string, (order: number) => boolean> = {
    '<': (order) => order < 0,
    '<=': (order) => order <= 0,
    '>': (order) => order > 0,
    '>=': (order) => order >= 0,
    '==': (order) => order === 0,
  };
  for (const [operator, holds] of Object.entries(comparison)) {
    const run = (a: unknown, b: unknown) => holds(toExactDecimal(a).value.cmp(toExactDecimal(b).value));
    for (const [left, right] of PAIRS) {
      // The language derives b == a and != itself.
      if (operator === '==' && left === 'int') continue;
      environment.registerOperator(`${left} ${operator} ${right}: bool`, run);
    }
  }
  for (const fn of FUNCTIONS)
    environment.registerFunction(fn.signature, fn.handler as (...args: unknown[]) => unknown, {
      description: fn.description,
    });
  return environment;
}

const PAIRS = [
  ['decimal', 'decimal'],
  ['decimal', 'int'],
  ['int', 'decimal'],
] as const;
