import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { deathNote, type Control } from '../preload/control';

/** Where the harness writes its orders; a reader finds an order whole or not at all. */
export class ControlFile {
  private current: Control = {};

  constructor(readonly path: string) {
    this.order({});
  }

  /** Adds to what is ordered; undefined takes a part back. */
  order(change: { [part in keyof Control]: Control[part] | undefined }): void {
    this.current = { ...this.current, ...change } as Control;
    writeFileSync(`${this.path}.new`, JSON.stringify(this.current));
    renameSync(`${this.path}.new`, this.path);
  }

  /** Whether a process died as it was ordered, since this was last asked. */
  takeDeathNote(): boolean {
    const note = deathNote(this.path);
    const isThere = existsSync(note);
    rmSync(note, { force: true });
    return isThere;
  }

  clear(): void {
    this.order({ die: undefined, diskFull: undefined, clockShift: undefined });
  }
}
