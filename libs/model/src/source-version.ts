/**
 * A source position as text that sorts like the positions themselves (by code unit), so that every store can
 * compare versions without knowing where they came from.
 */
export type SourceVersion = string;

const DIGITS = 20;

/**
 * Makes a version from the numeric parts of a source position, most significant first: (commit LSN, LSN),
 * (commit SCN, SCN), (file number, position, row), or a single timestamp.
 * `rank` breaks ties inside one position: 0 for a snapshot read, which must not win over a streamed change.
 * @throws RangeError for a part that is negative, not whole, or longer than 20 digits
 */
export function sourceVersion(parts: readonly (bigint | number | string)[], rank: 0 | 1 = 1): SourceVersion {
  return `${parts.map(padded).join('.')}.${rank}`;
}

function padded(part: bigint | number | string): string {
  const digits = typeof part === 'number' ? (Number.isSafeInteger(part) ? String(part) : '') : String(part);
  if (!/^\d{1,20}$/.test(digits))
    throw new RangeError('a part of a source position is not a whole number of at most 20 digits');
  return digits.padStart(DIGITS, '0');
}
