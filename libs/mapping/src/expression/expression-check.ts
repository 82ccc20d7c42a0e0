import { didYouMean } from '../finding';
import { callOf, childrenOf, type CelNode } from './cel-node';
import { ALLOWED_CALLS, EXPRESSION_BOUNDS, INSTEAD, LOOPS } from './expression-bounds';
import { FUNCTION_NAMES } from './functions';

/** A name that stands for a column, where it stands. */
export interface ColumnUse {
  name: string;
  start: number;
  end: number;
}

export interface ExpressionFacts {
  /** Uses of bare column names. */
  uses: ColumnUse[];
  /** Columns that must be there for the expression to mean something; those under has() need not. */
  needed: string[];
  /** Columns read as `row.column`. */
  rowColumns: string[];
  /** The row itself is read, not only its columns. */
  wholeRow: boolean;
  /** `row` or `system` is read. */
  usesContext: boolean;
  hasLoop: boolean;
}

/** Why an expression is not accepted; `offset` counts characters from its start. */
export class ExpressionProblem extends Error {
  constructor(
    readonly code: 'MAPPING_EXPRESSION_INVALID' | 'MAPPING_EXPRESSION_REFUSED',
    message: string,
    readonly offset = 0,
    readonly suggestion?: string,
  ) {
    super(message);
  }
}

/** Names that are no columns: the whole row and what the configuration says of the system. */
export const CONTEXT_NAMES: ReadonlySet<string> = new Set(['row', 'system']);

interface Walk {
  facts: ExpressionFacts;
  needed: Set<string>;
  guarded: Set<string>;
  wantsNumber: boolean;
}

/**
 * Checks what the grammar does not: which functions are called, how loops nest, that numbers stay exact.
 * @throws ExpressionProblem
 */
export function checkExpression(root: CelNode, wantsNumber: boolean): ExpressionFacts {
  const walk: Walk = {
    facts: { uses: [], needed: [], rowColumns: [], wholeRow: false, usesContext: false, hasLoop: false },
    needed: new Set(),
    guarded: new Set(),
    wantsNumber,
  };
  visit(root, walk, new Set(), 0);
  walk.facts.needed = [...walk.needed].filter((name) => !walk.guarded.has(name));
  return walk.facts;
}

function visit(node: CelNode, walk: Walk, bound: ReadonlySet<string>, loops: number): void {
  if (node.op === 'id') return visitName(node, walk, bound);
  if (node.op === '.?' || node.op === '.[]?')
    throw new ExpressionProblem(
      'MAPPING_EXPRESSION_REFUSED',
      'optional access is not part of the mapping language',
      node.start,
      'use has(row.column)',
    );
  const column = rowColumn(node);
  if (column !== undefined) {
    walk.needed.add(column);
    walk.facts.rowColumns.push(column);
    walk.facts.usesContext = true;
    return;
  }
  const call = callOf(node);
  if (call) return visitCall(node, walk, bound, loops);
  refuseInexact(node, walk, bound);
  for (const child of childrenOf(node)) visit(child, walk, bound, loops);
}

function visitName(node: CelNode, walk: Walk, bound: ReadonlySet<string>): void {
  const name = String(node.args);
  if (name === 'row') walk.facts.wholeRow = true;
  if (CONTEXT_NAMES.has(name)) walk.facts.usesContext = true;
  if (bound.has(name) || CONTEXT_NAMES.has(name)) return;
  walk.facts.uses.push({ name, start: node.start, end: node.end });
  walk.needed.add(name);
}

function visitCall(node: CelNode, walk: Walk, bound: ReadonlySet<string>, loops: number): void {
  const call = callOf(node);
  if (!call) return;
  refuseUnknownCall(call.name, node.start);
  if (call.name === 'has') {
    const guarded = call.args[0] && rowColumn(call.args[0]);
    if (guarded === undefined)
      throw new ExpressionProblem(
        'MAPPING_EXPRESSION_INVALID',
        'has() needs row.column',
        node.start,
        'write has(row.column)',
      );
    walk.guarded.add(guarded);
    walk.facts.rowColumns.push(guarded);
    walk.facts.usesContext = true;
    return;
  }
  if (call.receiver) visit(call.receiver, walk, bound, loops);
  if (!LOOPS.has(call.name) || !call.receiver) return call.args.forEach((arg) => visit(arg, walk, bound, loops));
  if (loops >= EXPRESSION_BOUNDS.loopDepth)
    throw new ExpressionProblem(
      'MAPPING_EXPRESSION_REFUSED',
      `${call.name}() inside another loop`,
      node.start,
      'one loop an expression',
    );
  walk.facts.hasLoop = true;
  const variable = String(call.args[0]?.args);
  // Columns carry this prefix inside the language: a variable with it could hide one.
  if (variable.startsWith('c_')) {
    throw new ExpressionProblem('MAPPING_EXPRESSION_REFUSED', 'the variable of a loop begins with "c_"', node.start);
  }
  const inner = new Set(bound).add(variable);
  call.args.slice(1).forEach((arg) => visit(arg, walk, inner, loops + 1));
}

function refuseUnknownCall(name: string, offset: number): void {
  if (ALLOWED_CALLS.has(name) || FUNCTION_NAMES.has(name)) return;
  const suggestion = INSTEAD[name] ?? didYouMean(name, [...ALLOWED_CALLS, ...FUNCTION_NAMES]);
  throw new ExpressionProblem('MAPPING_EXPRESSION_REFUSED', `mappings have no function ${name}()`, offset, suggestion);
}

/** `row.column` → column. */
function rowColumn(node: CelNode): string | undefined {
  if (node.op !== '.' || !Array.isArray(node.args)) return undefined;
  const [object, name] = node.args as [CelNode, string];
  return object.op === 'id' && object.args === 'row' ? name : undefined;
}

const ARITHMETIC = new Set(['+', '-', '*', '/', '%']);

/** Arithmetic on raw columns would join texts or round numbers: columns of numbers go through dec(). */
function refuseInexact(node: CelNode, walk: Walk, bound: ReadonlySet<string>): void {
  if (!ARITHMETIC.has(node.op) || (node.op === '+' && !walk.wantsNumber)) return;
  for (const operand of childrenOf(node)) {
    const isColumn =
      (operand.op === 'id' && !bound.has(String(operand.args))) || operand.op === '.' || operand.op === '[]';
    if (isColumn)
      throw new ExpressionProblem(
        'MAPPING_EXPRESSION_INVALID',
        `"${node.op}" on a column that is not an exact number`,
        operand.start,
        'put the column into dec(...)',
      );
    if (operand.op === 'value' && typeof operand.args === 'number')
      throw new ExpressionProblem(
        'MAPPING_EXPRESSION_INVALID',
        'a number with a fraction is binary floating point here',
        operand.start,
        'write dec("0.5")',
      );
  }
}
