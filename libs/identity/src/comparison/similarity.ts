import { distance } from 'fastest-levenshtein';

/** 1 − edit distance over the longer length: 1 = equal, 0 = nothing in common. */
export function editSimilarity(a: string, b: string): number {
  const length = Math.max(a.length, b.length);
  return length === 0 ? 1 : 1 - distance(a, b) / length;
}

/** One insertion, deletion, replacement, or two neighbours exchanged. */
export function isOneEdit(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  if (distance(a, b) === 1) return true;
  if (a.length !== b.length) return false;
  let at = 0;
  while (a[at] === b[at]) at++;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/**
 * Jaro similarity with Winkler's bonus for a common prefix of up to four letters (Winkler 1990, prefix scale 0.1).
 * 1 = equal.
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const jaro = jaroSimilarity(a, b);
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

function jaroSimilarity(a: string, b: string): number {
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const usedOfB = new Array<boolean>(b.length).fill(false);
  const matchedOfA: string[] = [];
  for (let i = 0; i < a.length; i++) {
    for (let j = Math.max(0, i - reach); j <= Math.min(b.length - 1, i + reach); j++) {
      if (usedOfB[j] || a[i] !== b[j]) continue;
      usedOfB[j] = true;
      matchedOfA.push(a[i]!);
      break;
    }
  }
  const matches = matchedOfA.length;
  if (matches === 0) return 0;
  let at = 0;
  let exchanged = 0;
  for (let j = 0; j < b.length; j++) if (usedOfB[j] && matchedOfA[at++] !== b[j]) exchanged++;
  return (matches / a.length + matches / b.length + (matches - exchanged / 2) / matches) / 3;
}

const ONE_TYPING_ERROR = 0.92;

/** Share of the longer list's words that both have; words with a typing error count 0.8. 0 to 1. */
export function wordSimilarity(a: readonly string[], b: readonly string[]): number {
  const left = [...b];
  const take = (isIt: (word: string) => boolean): boolean => {
    const at = left.findIndex(isIt);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  };
  const unmatched = a.filter((word) => !take((other) => other === word));
  const close = unmatched.filter(
    (word) => word.length > 3 && take((other) => jaroWinkler(word, other) >= ONE_TYPING_ERROR),
  );
  return (a.length - unmatched.length + 0.8 * close.length) / Math.max(a.length, b.length);
}
