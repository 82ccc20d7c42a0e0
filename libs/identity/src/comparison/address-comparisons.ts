import { city, postalCode, streetWords } from '../normalise/address';
import { eachValue, type ComparisonMethod } from './comparison-method';
import { isOneEdit, jaroWinkler, wordSimilarity } from './similarity';

const SAME_STREET = 0.85;
const CLOSE_STREET = 0.55;
const CLOSE_CITY = 0.9;

export const streets: ComparisonMethod<readonly string[]> = {
  levels: ['same', 'close', 'different'],
  prepare: eachValue(
    (text) => {
      const found = streetWords(text);
      return found.length > 0 ? found : null;
    },
    (found) => found.join(' '),
  ),
  compare(a, b) {
    if (holds(a, b) || holds(b, a)) return 'same';
    const similarity = Math.max(wordSimilarity(a, b), wordSimilarity(b, a));
    if (similarity >= SAME_STREET) return 'same';
    return similarity >= CLOSE_STREET ? 'close' : 'different';
  },
};

export const cities: ComparisonMethod<string> = {
  levels: ['same', 'close', 'different'],
  prepare: eachValue((text) => city(text), String),
  compare(a, b) {
    if (a === b) return 'same';
    return jaroWinkler(a, b) >= CLOSE_CITY ? 'close' : 'different';
  },
};

export const codes: ComparisonMethod<string> = {
  levels: ['same', 'close', 'different'],
  prepare: eachValue((text) => postalCode(text), String),
  compare(a, b) {
    if (a === b) return 'same';
    return a.length > 3 && isOneEdit(a, b) ? 'close' : 'different';
  },
};

/** A line that also holds the city holds the whole street, number and all. */
function holds(line: readonly string[], street: readonly string[]): boolean {
  return street.length > 1 && street.some((word) => /^\d/.test(word)) && street.every((word) => line.includes(word));
}
