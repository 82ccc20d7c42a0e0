import { compareDecimals, canonicalDecimal } from '@syncline/model';
import { didYouMean } from '../finding';

/** What a test can expect of a value beside the value itself. */
export const MATCHERS = {
  $any: 'There, whatever it is (`$any: true`).',
  $absent: 'Not there at all (`$absent: true`).',
  $decimal: 'A number equal to this one: 12.5 equals 12.50.',
  $starts_with: 'A text that begins so.',
  $contains: 'A text that contains this.',
  $one_of: 'One of a list.',
} as const;

export class UnknownMatcher extends Error {
  constructor(
    name: string,
    readonly suggestion: string,
  ) {
    super(`there is no matcher ${name}`);
  }
}

/**
 * Why `actual` is not what was expected; undefined when it is.
 * @throws UnknownMatcher
 */
export function mismatch(expected: unknown, actual: unknown): string | undefined {
  const matcher = matcherOf(expected);
  if (!matcher) return Object.is(expected, actual) ? undefined : `expected ${shown(expected)}, came ${shown(actual)}`;
  const [name, argument] = matcher;
  return holds(name, argument, actual) ? undefined : `expected ${name} ${shown(argument)}, came ${shown(actual)}`;
}

function matcherOf(expected: unknown): [string, unknown] | undefined {
  if (typeof expected !== 'object' || expected === null) return undefined;
  const entries = Object.entries(expected);
  const [only] = entries;
  return entries.length === 1 && only && only[0].startsWith('$') ? only : undefined;
}

function holds(name: string, argument: unknown, actual: unknown): boolean {
  switch (name) {
    case '$any':
      return actual !== undefined;
    case '$absent':
      return actual === undefined;
    case '$decimal':
      return (
        typeof actual === 'string' &&
        compareDecimals(canonicalDecimal(String(argument)), canonicalDecimal(actual)) === 0
      );
    case '$starts_with':
      return typeof actual === 'string' && actual.startsWith(String(argument));
    case '$contains':
      return typeof actual === 'string' && actual.includes(String(argument));
    case '$one_of':
      return Array.isArray(argument) && argument.includes(actual);
    default:
      throw new UnknownMatcher(
        name,
        didYouMean(name, Object.keys(MATCHERS)) ?? `matchers: ${Object.keys(MATCHERS).join(', ')}`,
      );
  }
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
