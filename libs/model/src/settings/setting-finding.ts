/** Something wrong in a settings file, where it is, and what would be right. */
export interface SettingFinding {
  file: string;
  /** 1-based. */
  line: number;
  column: number;
  /** The field, as written in the file: `grades[2].term`. */
  path: string;
  message: string;
  suggestion?: string;
}

/** `file:line:column: path: message; suggestion`. */
export function findingText({ file, line, column, path, message, suggestion }: SettingFinding): string {
  const where = `${file}:${line}:${column}: ${path ? `${path}: ` : ''}${message}`;
  return suggestion ? `${where}; ${suggestion}` : where;
}

/** `did you mean …?` when one of the names is close to what was written. */
export function didYouMean(written: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(written.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(written.toLowerCase(), name.toLowerCase());
    if (distance < least) [best, least] = [name, distance];
  }
  return best === undefined ? undefined : `did you mean ${best}?`;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, replaced));
    }
    row = next;
  }
  return row[b.length];
}
