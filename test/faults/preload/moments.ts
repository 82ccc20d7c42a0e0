import { readFileSync, writeFileSync } from 'node:fs';
import { deathNote, type Control, type Point } from './control';

const NOTHING: Control = {};

/** Counts the moments of one thread and ends the process at the one that was ordered. */
export class Moments {
  private current = NOTHING;
  private text = '';
  private counted = 0;
  private stopping = false;

  constructor(private readonly file: string) {
    process.once('SIGTERM', () => (this.stopping = true));
  }

  control(): Control {
    let text: string;
    try {
      text = readFileSync(this.file, 'utf8');
    } catch {
      return this.current;
    }
    if (text !== this.text) this.take(text);
    return this.current;
  }

  around<T>(point: Point, work: () => T): T {
    this.at(point, 'before');
    const result = work();
    this.at(point, 'after');
    return result;
  }

  async aroundAsync<T>(point: Point, work: () => Promise<T>): Promise<T> {
    this.at(point, 'before');
    const result = await work();
    this.at(point, 'after');
    return result;
  }

  at(point: Point, when: 'before' | 'after'): void {
    const { die } = this.control();
    if (!die || die.when !== when || (die.point !== 'any' && die.point !== point)) return;
    if (die.onlyWhileStopping && !this.stopping) return;
    this.counted += 1;
    if (this.counted < die.nth) return;
    writeFileSync(deathNote(this.file), JSON.stringify(die));
    // As a power cut would: no handler, no flush, nothing is closed.
    process.kill(process.pid, 'SIGKILL');
  }

  private take(text: string): void {
    try {
      const next = JSON.parse(text) as Control;
      if (JSON.stringify(next.die) !== JSON.stringify(this.current.die)) this.counted = 0;
      this.current = next;
      this.text = text;
    } catch {
      // Being written; the next look finds it whole.
    }
  }
}
