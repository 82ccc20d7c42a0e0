import { RuleSyntaxError, tokensOf, type Token } from './rule-tokens';

export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';
export type Arithmetic = '+' | '-' | '*' | '/';

export type RuleNode =
  | { type: 'number'; text: string; at: number }
  | { type: 'name'; name: string; at: number }
  | { type: 'negative'; of: RuleNode; at: number }
  | { type: 'arithmetic'; operator: Arithmetic; left: RuleNode; right: RuleNode; at: number }
  | { type: 'comparison'; operator: Comparison; left: RuleNode; right: RuleNode; at: number }
  | { type: 'not'; of: RuleNode; at: number }
  | { type: 'and' | 'or'; left: RuleNode; right: RuleNode; at: number };

const LONGEST = 500;
const DEEPEST = 32;

/**
 * Reads a condition. or binds weakest, then and, not, comparison, + -, * /, sign. Comparisons don't chain.
 * @throws RuleSyntaxError with the position
 */
export function parseRule(text: string): RuleNode {
  if (text.length > LONGEST) throw new RuleSyntaxError(`longer than ${LONGEST} characters`, LONGEST);
  return new RuleParser(tokensOf(text)).whole();
}

class RuleParser {
  private index = 0;
  private depth = 0;

  constructor(private readonly tokens: Token[]) {}

  whole(): RuleNode {
    const node = this.or();
    const { type, text, at } = this.current();
    if (type !== 'end') throw new RuleSyntaxError(`unexpected '${text}'`, at);
    return node;
  }

  private or(): RuleNode {
    let left = this.and();
    for (let at = this.take('or'); at !== null; at = this.take('or'))
      left = { type: 'or', left, right: this.and(), at };
    return left;
  }

  private and(): RuleNode {
    let left = this.not();
    for (let at = this.take('and'); at !== null; at = this.take('and'))
      left = { type: 'and', left, right: this.not(), at };
    return left;
  }

  private not(): RuleNode {
    const at = this.take('not');
    return at === null ? this.comparison() : this.deeper(() => ({ type: 'not', of: this.not(), at }));
  }

  private comparison(): RuleNode {
    const left = this.sum();
    for (const operator of ['<=', '>=', '==', '!=', '<', '>'] as const) {
      const at = this.take(operator);
      if (at !== null) return { type: 'comparison', operator, left, right: this.sum(), at };
    }
    return left;
  }

  private sum(): RuleNode {
    return this.chain(['+', '-'], () => this.product());
  }

  private product(): RuleNode {
    return this.chain(['*', '/'], () => this.signed());
  }

  private chain(operators: readonly Arithmetic[], operand: () => RuleNode): RuleNode {
    let left = operand();
    for (;;) {
      const operator = operators.find(
        (candidate) => this.current().type === 'operator' && this.current().text === candidate,
      );
      if (!operator) return left;
      const at = this.take(operator) ?? 0;
      left = { type: 'arithmetic', operator, left, right: operand(), at };
    }
  }

  private signed(): RuleNode {
    const at = this.take('-');
    return at === null ? this.primary() : this.deeper(() => ({ type: 'negative', of: this.signed(), at }));
  }

  private primary(): RuleNode {
    const token = this.current();
    if (this.take('(') !== null) {
      const inner = this.deeper(() => this.or());
      if (this.take(')') === null) throw new RuleSyntaxError("a ')' is missing", this.current().at);
      return inner;
    }
    if (token.type !== 'number' && token.type !== 'name') {
      throw new RuleSyntaxError(token.type === 'end' ? 'ends too early' : `unexpected '${token.text}'`, token.at);
    }
    this.index += 1;
    return token.type === 'number'
      ? { type: 'number', text: token.text, at: token.at }
      : { type: 'name', name: token.text, at: token.at };
  }

  private deeper(read: () => RuleNode): RuleNode {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new RuleSyntaxError(`nested more than ${DEEPEST} deep`, this.current().at);
    const node = read();
    this.depth -= 1;
    return node;
  }

  private current(): Token {
    return this.tokens[this.index];
  }

  /** Steps over an operator and gives its position; null when it isn't next. */
  private take(operator: string): number | null {
    const { type, text, at } = this.current();
    if (type !== 'operator' || text !== operator) return null;
    this.index += 1;
    return at;
  }
}
