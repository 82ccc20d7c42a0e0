import { Big, type Decimal } from '@syncline/model';
import { settings } from '@syncline/model';
import { parseRule, type Arithmetic, type Comparison, type RuleNode } from './rule-parser';
import { RuleSyntaxError } from './rule-tokens';

/*
 * Why an evaluator of our own and not CEL, which the mappings use: the method writes conditions with `and`, `or` and
 * `not`, which CEL does not have; amounts must be compared exactly, and CEL has no decimals; a fact that nobody
 * knows must make a condition undecided, and not an error. What is left is four levels of operators, and the
 * whitelist is the grammar itself: there are no calls, no members, no strings.
 */

/** A number of days or a ratio, an exact amount, yes or no; null = not known. */
export type FactValue = number | Decimal | boolean | null;
export type Facts = Readonly<Record<string, FactValue | undefined>>;
export type FactType = 'number' | 'flag';

/** A compiled condition. Null: what is known does not decide it; `unknown or true` is true, `unknown and false` false. */
export interface RuleCondition {
  names: ReadonlySet<string>;
  holds(facts: Facts): boolean | null;
}

type Numeric = (facts: Facts) => number | Decimal | Big | null;
type Logical = (facts: Facts) => boolean | null;

/**
 * Compiles a condition over facts of the given types.
 * @throws RuleSyntaxError for unknown names, wrong types and bad syntax
 */
export function compileRule(text: string, facts: ReadonlyMap<string, FactType>): RuleCondition {
  const names = new Set<string>();
  const compiler = new RuleCompiler(facts, names);
  return { holds: compiler.logical(parseRule(text)), names };
}

class RuleCompiler {
  constructor(
    private readonly facts: ReadonlyMap<string, FactType>,
    private readonly names: Set<string>,
  ) {}

  logical(node: RuleNode): Logical {
    switch (node.type) {
      case 'and':
      case 'or':
        return junction(node.type, this.logical(node.left), this.logical(node.right));
      case 'not':
        return negation(this.logical(node.of));
      case 'comparison':
        return comparison(node.operator, this.numeric(node.left), this.numeric(node.right));
      case 'name':
        return this.flag(node.name, node.at);
      default:
        throw new RuleSyntaxError('a condition is expected here, not a number', node.at);
    }
  }

  private numeric(node: RuleNode): Numeric {
    switch (node.type) {
      case 'number':
        return constant(node.text);
      case 'name':
        return this.quantity(node.name, node.at);
      case 'negative':
        return arithmetic('-', constant('0'), this.numeric(node.of));
      case 'arithmetic':
        return arithmetic(node.operator, this.numeric(node.left), this.numeric(node.right));
      default:
        throw new RuleSyntaxError('a number is expected here, not a condition', node.at);
    }
  }

  private flag(name: string, at: number): Logical {
    if (this.typeOf(name, at) !== 'flag')
      throw new RuleSyntaxError(`${name} is a number; compare it with something`, at);
    return (facts) => {
      const value = facts[name];
      return typeof value === 'boolean' ? value : null;
    };
  }

  private quantity(name: string, at: number): Numeric {
    if (this.typeOf(name, at) !== 'number') throw new RuleSyntaxError(`${name} is yes or no, not a number`, at);
    return (facts) => {
      const value = facts[name];
      return typeof value === 'boolean' ? null : (value ?? null);
    };
  }

  private typeOf(name: string, at: number): FactType {
    const type = this.facts.get(name);
    if (type === undefined)
      throw new RuleSyntaxError(`unknown feature ${name}`, at, settings.didYouMean(name, this.facts.keys()));
    this.names.add(name);
    return type;
  }
}

function junction(type: 'and' | 'or', left: Logical, right: Logical): Logical {
  const decisive = type === 'or';
  return (facts) => {
    const first = left(facts);
    if (first === decisive) return decisive;
    const second = right(facts);
    if (second === decisive) return decisive;
    return first === null || second === null ? null : !decisive;
  };
}

function negation(of: Logical): Logical {
  return (facts) => {
    const value = of(facts);
    return value === null ? null : !value;
  };
}

function constant(text: string): Numeric {
  const value = +text;
  // A literal that a double can't hold exactly is still exact as text.
  const exact = String(value) === text ? value : text;
  return () => exact;
}

function arithmetic(operator: Arithmetic, left: Numeric, right: Numeric): Numeric {
  return (facts) => {
    const a = left(facts);
    const b = right(facts);
    if (a === null || b === null) return null;
    const x = new Big(a);
    if (operator === '+') return x.plus(b);
    if (operator === '-') return x.minus(b);
    if (operator === '*') return x.times(b);
    return new Big(b).eq(0) ? null : x.div(b);
  };
}

function comparison(operator: Comparison, left: Numeric, right: Numeric): Logical {
  const test = TESTS[operator];
  return (facts) => {
    const a = left(facts);
    const b = right(facts);
    return a === null || b === null ? null : test(compare(a, b));
  };
}

const TESTS: Record<Comparison, (order: number) => boolean> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
};

/** Exact: doubles keep the order of decimals and can only make different ones equal, so that is looked at again. */
function compare(a: number | Decimal | Big, b: number | Decimal | Big): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const rough = Number(a) - Number(b);
  return rough !== 0 ? rough : new Big(a).cmp(b);
}
