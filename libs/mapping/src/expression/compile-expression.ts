import { Environment } from '@marcbachmann/cel-js';
import type { Row } from '../change-event';
import { isNode } from './cel-node';
import { EXPRESSION_BOUNDS } from './expression-bounds';
import { checkExpression, ExpressionProblem, type ExpressionFacts } from './expression-check';
import { addFunctions } from './functions';

/** The result of reading what the row does not have. */
export const ABSENT = Symbol('absent');

/** An expression that met a column too large to read. */
export class InputTooLarge extends Error {}

export interface CompiledExpression {
  /** What it says, for messages. */
  readonly text: string;
  /** The columns it reads. */
  readonly columns: readonly string[];
  /** Its value for a row: ABSENT when a column that it needs is absent. Pure; throws what evaluation throws. */
  evaluate(row: Row): unknown;
}

export interface ExpressionOptions {
  /** The result goes into a number: joining texts would be wrong. */
  wantsNumber?: boolean;
  /** What `system` gives. */
  system?: Readonly<Record<string, string>>;
}

const PLAIN_PATH = /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/;
const LITERALS = new Set(['true', 'false', 'null']);

let language: Environment | undefined;

function environment(): Environment {
  const { nodes, depth } = EXPRESSION_BOUNDS;
  language ??= addFunctions(
    new Environment({
      unlistedVariablesAreDyn: true,
      homogeneousAggregateLiterals: false,
      limits: { maxAstNodes: nodes, maxDepth: depth, maxListElements: 100, maxMapEntries: 0, maxCallArguments: 6 },
    }),
  );
  return language;
}

/**
 * Compiles an expression once. A plain column (`name`) or path (`customer.name`) becomes a property read; the
 * rest is CEL with the functions of Syncline.
 * @throws ExpressionProblem
 */
export function compileExpression(source: string, options: ExpressionOptions = {}): CompiledExpression {
  const text = source.trim();
  if (text.length > EXPRESSION_BOUNDS.length)
    throw new ExpressionProblem(
      'MAPPING_EXPRESSION_REFUSED',
      `the expression has ${text.length} characters, ${EXPRESSION_BOUNDS.length} are allowed`,
    );
  if (PLAIN_PATH.test(text) && !LITERALS.has(text) && !text.startsWith('system.')) return plainPath(text);
  return celExpression(text, options);
}

/** Reads one column, whatever its name. */
export function compileColumn(column: string): CompiledExpression {
  return { text: column, columns: [column], evaluate: columnReader(column) };
}

function columnReader(column: string): (row: Row) => unknown {
  // Rows come from JSON.parse: a value is never undefined, but Object.prototype has names of its own.
  if (column in Object.prototype) return (row) => (Object.hasOwn(row, column) ? row[column] : ABSENT);
  return (row) => {
    const value = row[column];
    return value === undefined ? ABSENT : value;
  };
}

function plainPath(path: string): CompiledExpression {
  const [first = path, ...rest] = path === 'row' ? [path] : path.replace(/^row\./, '').split('.');
  if (rest.length === 0) return { ...compileColumn(first), text: path };
  const steps = [first, ...rest].map(columnReader);
  const evaluate = (row: Row): unknown => {
    let value: unknown = row;
    for (const step of steps) {
      if (value === null) return null;
      if (typeof value !== 'object') return ABSENT;
      value = step(value as Row);
      if (value === ABSENT) return ABSENT;
    }
    return value;
  };
  return { text: path, columns: [first], evaluate };
}

function celExpression(text: string, options: ExpressionOptions): CompiledExpression {
  const facts = factsOf(text, options.wantsNumber ?? false);
  const names = [...new Set(facts.uses.map((use) => use.name))];
  const rowIsContext = !facts.usesContext && names.every(isFree);
  const parsed = asProblem(() => environment().parse(rowIsContext ? text : withColumnPrefix(text, facts)));
  const checked = parsed.check();
  if (!checked.valid) throw new ExpressionProblem('MAPPING_EXPRESSION_INVALID', summary(checked.error));
  if (options.wantsNumber && checked.type === 'string')
    throw new ExpressionProblem(
      'MAPPING_EXPRESSION_INVALID',
      'the expression gives a text, a number is needed',
      0,
      'use dec(...)',
    );
  if (rowIsContext)
    return { text, columns: names, evaluate: rowEvaluator((row) => parsed(row) as unknown, names, facts) };
  const others = facts.rowColumns.filter((name) => !names.includes(name));
  const evaluate = evaluator((context) => parsed(context) as unknown, names, others, facts, options.system ?? {});
  return { text, columns: [...names, ...others], evaluate };
}

/** Whether a column can stand in an expression under its own name. */
function isFree(name: string): boolean {
  return !environment().hasVariable(name) && !(name in Object.prototype);
}

/** The fast way: the columns are the variables. */
function rowEvaluator(
  run: (row: Row) => unknown,
  names: readonly string[],
  facts: ExpressionFacts,
): (row: Row) => unknown {
  const limit = facts.hasLoop ? EXPRESSION_BOUNDS.loopInput : EXPRESSION_BOUNDS.input;
  return (row) => {
    let size = 0;
    for (const name of names) {
      const value = row[name];
      if (value === undefined) return ABSENT;
      size += quickSize(value, limit);
    }
    if (size > limit) throw new InputTooLarge();
    return run(row);
  };
}

/**
 * Fills the expression's variables from a row and runs it. The context is made once: evaluation is synchronous and
 * never enters itself.
 */
function evaluator(
  run: (context: Map<string, unknown>) => unknown,
  names: readonly string[],
  rowColumns: readonly string[],
  facts: ExpressionFacts,
  system: Readonly<Record<string, string>>,
): (row: Row) => unknown {
  const variables = names.map((name) => ({ variable: PREFIX + name, read: columnReader(name) }));
  const reads = rowColumns.map((name) => ({ read: columnReader(name), needed: facts.needed.includes(name) }));
  // A Map: objects of many shapes would make every read of the language a slow one.
  const context = new Map<string, unknown>([['system', system]]);
  const limit = facts.hasLoop ? EXPRESSION_BOUNDS.loopInput : EXPRESSION_BOUNDS.input;
  return (row) => {
    let size = facts.wholeRow ? sizeOf(row, limit) : 0;
    for (const { variable, read } of variables) {
      const value = read(row);
      if (value === ABSENT) return ABSENT;
      context.set(variable, value);
      size += quickSize(value, limit);
    }
    for (const { read, needed } of reads) {
      const value = read(row);
      if (value === ABSENT && needed) return ABSENT;
      size += quickSize(value, limit);
    }
    if (size > limit) throw new InputTooLarge();
    context.set('row', row);
    return run(context);
  };
}

function quickSize(value: unknown, limit: number): number {
  if (typeof value === 'string') return value.length;
  return typeof value === 'object' && value !== null ? sizeOf(value, limit) : 1;
}

/** Column names may be words of the language (`type`, `string`): inside they carry a prefix. */
const PREFIX = 'c_';

function withColumnPrefix(text: string, facts: ExpressionFacts): string {
  let result = '';
  let from = 0;
  for (const { name, start, end } of [...facts.uses].sort((a, b) => a.start - b.start)) {
    result += text.slice(from, start) + PREFIX + name;
    from = end;
  }
  return result + text.slice(from);
}

function factsOf(text: string, wantsNumber: boolean): ExpressionFacts {
  const root: unknown = asProblem(() => environment().parse(text)).ast;
  if (!isNode(root)) throw new ExpressionProblem('MAPPING_EXPRESSION_INVALID', 'the expression is empty');
  return checkExpression(root, wantsNumber);
}

function asProblem<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const bounded = error instanceof Error && 'code' in error && error.code === 'limit_exceeded';
    throw new ExpressionProblem(
      bounded ? 'MAPPING_EXPRESSION_REFUSED' : 'MAPPING_EXPRESSION_INVALID',
      summary(error),
      offsetOf(error),
    );
  }
}

/** The first line of a message of the language: the rest repeats the expression. */
export function summary(error: unknown): string {
  const message = error instanceof Error ? error.message : 'the expression can not be read';
  return (message.split('\n')[0] ?? message).replaceAll(/\bc_/g, '');
}

function offsetOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('range' in error)) return 0;
  const range = error.range as { start?: unknown } | undefined;
  return typeof range?.start === 'number' ? range.start : 0;
}

/** Characters and elements in a value; stops counting beyond `limit`. */
function sizeOf(value: unknown, limit: number): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 1;
  let size = 0;
  for (const item of Array.isArray(value) ? (value as unknown[]) : Object.values(value)) {
    size += 1 + sizeOf(item, limit - size);
    if (size > limit) return size;
  }
  return size;
}
