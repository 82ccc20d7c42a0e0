import { readFileSync } from 'node:fs';
import { cliError } from '../errors';

/** The text of a file that a command was told to read. @throws SynclineError INPUT_UNREADABLE */
export function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw cliError('INPUT_UNREADABLE', `${path} can't be read`);
  }
}
