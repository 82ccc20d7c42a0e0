import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { cliError } from '../errors';
import { referencePages } from '../reference/reference-pages';

export function referenceCommand(): Command {
  return new Command('reference')
    .description('Make docs/reference from the code, or check that it is current.')
    .option('--write', 'write the pages')
    .option('--check', 'fail when a page differs')
    .action(async ({ write }: { write?: boolean; check?: boolean }, command: Command) => {
      const stale: string[] = [];
      for (const [path, text] of await referencePages(command.parent ?? command)) {
        const current = existsSync(path) && readFileSync(path, 'utf8') === text;
        if (!current && write) writeFileSync(path, text);
        else if (!current) stale.push(path);
      }
      if (stale.length > 0)
        throw cliError('CHECK_FAILED', `not current: ${stale.join(', ')}`, 'Run: npm run docs:reference');
    });
}
