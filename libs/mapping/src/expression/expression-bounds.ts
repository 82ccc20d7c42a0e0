/** What an expression of a mapping may be and read. Every bound is checked, most of them before it first runs. */
export const EXPRESSION_BOUNDS = {
  /** Characters of one expression. */
  length: 1_000,
  /** Nodes of its syntax tree. */
  nodes: 200,
  /** Nesting of parentheses, calls and conditions. */
  depth: 20,
  /** Loops (`map`, `filter`, `all`, `exists`) inside each other. */
  loopDepth: 1,
  /** Characters and elements that the columns of one evaluation hold together. */
  input: 65_536,
  /** The same for an expression with a loop, which reads its list many times. */
  loopInput: 8_192,
} as const;

/** Functions of the language itself that mappings may call. No `matches`: its engine backtracks without bound. */
export const ALLOWED_CALLS: ReadonlySet<string> = new Set([
  'has',
  'size',
  'string',
  'int',
  'dyn',
  'startsWith',
  'endsWith',
  'contains',
  'lowerAscii',
  'upperAscii',
  'trim',
  'indexOf',
  'lastIndexOf',
  'substring',
  'split',
  'map',
  'filter',
  'all',
  'exists',
  'exists_one',
]);

export const LOOPS: ReadonlySet<string> = new Set(['map', 'filter', 'all', 'exists', 'exists_one']);

/** What to use instead of a refused function. */
export const INSTEAD: Readonly<Record<string, string>> = {
  matches: 'patterns can take unbounded time: use startsWith, endsWith, contains, split or substring',
  double: 'use dec(...): binary floating point is not exact',
  uint: 'use int(...) or dec(...)',
  join: 'a list does not become one text in a mapping',
  timestamp: 'use unit: and zone: of the field, or day(...)',
  duration: 'use addDays(day, n)',
};
