import type { MappingErrorCode } from './errors';

/** Line and column, both from 1. */
export interface Position {
  line: number;
  col: number;
}

/** Something that is wrong (or odd: `warning`) in a mapping or its test. */
export interface Finding extends Position {
  file: string;
  severity: 'error' | 'warning';
  code: MappingErrorCode;
  message: string;
  suggestion?: string;
}

/** `file:line:col: severity CODE message (suggestion)`. */
export function formatFinding(finding: Finding): string {
  const { file, line, col, severity, code, message, suggestion } = finding;
  return `${file}:${line}:${col}: ${severity} ${code} ${message}${suggestion ? ` (${suggestion})` : ''}`;
}

/** `did you mean "x"?` for the candidate that is nearest to a misspelt word; undefined when none is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const nearest = nearestWord(word, candidates);
  return nearest === undefined ? undefined : `did you mean "${nearest}"?`;
}

function nearestWord(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 20) return 99;
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      row.push(Math.min((row[j - 1] ?? 0) + 1, (previous[j] ?? 0) + 1, (previous[j - 1] ?? 0) + cost));
    }
    previous = row;
  }
  return previous[b.length] ?? 99;
}
