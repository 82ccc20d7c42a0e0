import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { cliError } from '../errors';

/** Lines of a file, gunzipped when its name ends in .gz, in groups. Memory stays at one group. */
export async function* lineGroups(path: string, size: number): AsyncGenerator<string[]> {
  await access(path).catch(() => {
    throw cliError('INPUT_UNREADABLE', `${path} can't be read`);
  });
  const file = createReadStream(path);
  const input = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  const group: string[] = [];
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      if (line === '') continue;
      group.push(line);
      if (group.length >= size) yield group.splice(0);
    }
  } catch (cause) {
    throw cliError(
      'INPUT_UNREADABLE',
      `${path} can't be read to its end: ${cause instanceof Error ? cause.message : 'damaged'}`,
    );
  }
  if (group.length > 0) yield group;
}
