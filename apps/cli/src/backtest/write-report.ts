import { writeFileSync } from 'node:fs';
import { cliError } from '../errors';

/** Writes a report file. @throws SynclineError OUTPUT_UNWRITABLE */
export function writeReport(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw cliError('OUTPUT_UNWRITABLE', `${path} can't be written: ${cause instanceof Error ? cause.message : ''}`);
  }
}
