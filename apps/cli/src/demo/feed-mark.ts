import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Remembers how many lines of each file were taken, so that a second run goes on where the first one stopped. */
export class FeedMark {
  private readonly lines: Record<string, number>;

  constructor(private readonly path: string) {
    this.lines = read(path);
  }

  of(file: string): number {
    return this.lines[file] ?? 0;
  }

  /** Written after the API has taken the lines: a crash in between sends some of them twice, which changes nothing. */
  note(file: string, lines: number): void {
    this.lines[file] = lines;
    mkdirSync(dirname(this.path), { recursive: true });
    writeFileSync(`${this.path}.new`, JSON.stringify(this.lines));
    renameSync(`${this.path}.new`, this.path);
  }
}

function read(path: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, number>;
  } catch {
    return {};
  }
}
