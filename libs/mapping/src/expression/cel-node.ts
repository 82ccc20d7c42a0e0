/** The part of the expression library's syntax tree that the checks read. */
export interface CelNode {
  op: string;
  args: unknown;
  start: number;
  end: number;
}

export function isNode(value: unknown): value is CelNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

/** A function or method call, its receiver and arguments. */
export interface CelCall {
  name: string;
  receiver: CelNode | undefined;
  args: CelNode[];
}

/** The call that a node is, or undefined. */
export function callOf(node: CelNode): CelCall | undefined {
  if (node.op !== 'call' && node.op !== 'rcall') return undefined;
  const parts = node.args as unknown[];
  const args = (node.op === 'rcall' ? parts[2] : parts[1]) as CelNode[];
  return { name: String(parts[0]), receiver: node.op === 'rcall' && isNode(parts[1]) ? parts[1] : undefined, args };
}

/** The nodes directly below a node. */
export function childrenOf(node: CelNode): CelNode[] {
  const found: CelNode[] = [];
  collect(node.args, found);
  return found;
}

function collect(value: unknown, into: CelNode[]): void {
  if (isNode(value)) into.push(value);
  else if (Array.isArray(value)) for (const item of value) collect(item, into);
}
