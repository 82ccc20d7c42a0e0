import { identifierRegister } from '../identifiers';
import { valuesOf, type Comparable, type ComparisonMethod } from './comparison-method';
import { isOneEdit } from './similarity';

interface IdentifierText {
  /** null = of a kind that nobody knows. */
  scheme: string | null;
  /** In which a party has one number only; null = a party may have several, or nobody knows. */
  register: string | null;
  text: string;
  /** Its check digits fit. */
  isValid: boolean;
}

/** A shorter text may be a longer one that was cut off. */
const SHORTEST_CUT = 8;

/**
 * Official identifiers (attribute `identifier`, as `scheme:text`, valid ones only) and those that are written wrong
 * (`identifier_text`). Two valid ones that differ in a digit are two parties; a wrong one may be a right one mistyped.
 */
export const identifiers: ComparisonMethod<IdentifierText> = {
  levels: ['same', 'close', 'different'],
  prepare(record, attribute) {
    const valid = valuesOf(record, attribute).map((value) => ({ ...numberOf(value), isValid: true }));
    const wrong = valuesOf(record, `${attribute}_text`).map((value) => ({ ...numberOf(value), isValid: false }));
    return [...valid, ...wrong].map((value): Comparable<IdentifierText> => ({ value, shown: value.text }));
  },
  compare(a, b) {
    if (a.text === b.text && (a.scheme === b.scheme || !(a.isValid && b.isValid))) return 'same';
    if (a.isValid && b.isValid) return a.register !== null && a.register === b.register ? 'different' : null;
    return isOneEdit(a.text, b.text) || isCut(a.text, b.text) || isCut(b.text, a.text) ? 'close' : null;
  },
};

function isCut(short: string, long: string): boolean {
  return short.length >= SHORTEST_CUT && short.length < long.length && long.startsWith(short);
}

function numberOf(value: string): Omit<IdentifierText, 'isValid'> {
  const at = value.indexOf(':');
  const text = value
    .slice(at + 1)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  const scheme = at > 0 ? value.slice(0, at) : null;
  return { scheme, register: scheme === null ? null : identifierRegister(scheme, text), text };
}
