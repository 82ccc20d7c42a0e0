import { remembered } from './remembered';
import { words } from './text';

const TITLES = new Set([
  'mr',
  'mrs',
  'ms',
  'miss',
  'dr',
  'prof',
  'herr',
  'frau',
  'sir',
  'madame',
  'mme',
  'jr',
  'sr',
  'ii',
  'iii',
]);

/** A part of a person's name in latin letters, words joined: `O'Brien` → obrien; null = none. */
export const namePart = remembered((text): string | null => {
  const kept = words(text).filter((word) => !TITLES.has(word));
  return kept.length > 0 ? kept.join('') : null;
});
