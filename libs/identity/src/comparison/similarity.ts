import { distance } from 'fastest-levenshtein';

/** 1 − edit distance over the longer length: 1 = equal, 0 = nothing in common. */
export function editSimilarity(a: string, b: string): number {
  const length = Math.max(a.length, b.length);
  return length === 0 ? 1 : 1 - distance(a, b) / length;
}

/** One insertion, deletion, replacement, or two neighbours exchanged. */
export function isOneEdit(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (a === b || long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const isSame = (fromShort: number, fromLong: number): boolean => short.slice(fromShort) === long.slice(fromLong);
  if (short.length < long.length) return isSame(at, at + 1);
  if (isSame(at + 1, at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && isSame(at + 2, at + 2);
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

/** Names are short: comparing them makes no garbage. */
const SCRATCH = 64;
const scratchUsed = new Uint8Array(SCRATCH);
const scratchMatched = new Uint16Array(SCRATCH);

function jaroSimilarity(a: string, b: string): number {
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const isScratch = Math.max(a.length, b.length) <= SCRATCH;
  const usedOfB = isScratch ? scratchUsed.fill(0, 0, b.length) : new Uint8Array(b.length);
  const matchedOfA = isScratch ? scratchMatched : new Uint16Array(a.length);
  let matches = 0;
  for (let i = 0; i < a.length; i++) {
    const letter = a.charCodeAt(i);
    const end = Math.min(b.length - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= end; j++) {
      if (usedOfB[j] === 1 || letter !== b.charCodeAt(j)) continue;
      usedOfB[j] = 1;
      matchedOfA[matches++] = letter;
      break;
    }
  }
  if (matches === 0) return 0;
  let at = 0;
  let exchanged = 0;
  for (let j = 0; j < b.length; j++) if (usedOfB[j] === 1 && matchedOfA[at++] !== b.charCodeAt(j)) exchanged++;
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
