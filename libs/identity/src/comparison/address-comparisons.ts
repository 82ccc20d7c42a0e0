import { city, postalCode, streetWords } from '../normalise/address';
import { eachValue, type ComparisonMethod } from './comparison-method';
import { editSimilarity, isOneEdit, wordSimilarity } from './similarity';

const SAME_STREET = 0.85;
const CLOSE_STREET = 0.55;
const SAME_CITY = 0.85;

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
    const similarity = Math.max(wordSimilarity(a, b), wordSimilarity(b, a));
    if (similarity >= SAME_STREET) return 'same';
    return similarity >= CLOSE_STREET ? 'close' : 'different';
  },
};

export const cities: ComparisonMethod<string> = {
  levels: ['same', 'different'],
  prepare: eachValue((text) => city(text), String),
  compare: (a, b) => (a === b || editSimilarity(a, b) >= SAME_CITY ? 'same' : 'different'),
};

export const codes: ComparisonMethod<string> = {
  levels: ['same', 'close', 'different'],
  prepare: eachValue((text) => postalCode(text), String),
  compare(a, b) {
    if (a === b) return 'same';
    return a.length > 3 && isOneEdit(a, b) ? 'close' : 'different';
  },
};
