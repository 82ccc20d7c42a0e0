import { Command } from 'commander';
import { clientOf, withUrl } from '../client/installation';
import { cliError } from '../errors';

interface Verdict {
  entries: number;
  unsealed: number;
  intact: boolean;
  broken: { id: number; problem: string } | null;
  head: { id: number; hash: string } | null;
}

export function auditCommand(): Command {
  return new Command('audit').description('What was changed through the API.').addCommand(verifyCommand());
}

function verifyCommand(): Command {
  return withUrl(new Command('verify'))
    .description('Whether the audit is whole: no entry changed, removed or put in between. Exit code 1 when it is not.')
    .option('--expect <id:hash>', 'the head that an earlier run printed: it has to stand as it was')
    .action(async ({ expect }: { expect?: string }, command: Command) => {
      const query = expect === undefined ? '' : `?expect=${encodeURIComponent(expect)}`;
      const verdict = await clientOf(command).get<Verdict>(`/audit/verify${query}`);
      if (verdict.broken)
        throw cliError('AUDIT_BROKEN', `entry ${verdict.broken.id} of the audit: ${verdict.broken.problem}`);
      console.log(text(verdict));
    });
}

function text({ entries, unsealed, head }: Verdict): string {
  return [
    `${entries} entries, whole`,
    ...(unsealed > 0 ? [`the first ${unsealed} are from before entries were sealed`] : []),
    ...(head ? [`head ${head.id}:${head.hash}`] : []),
  ].join('\n');
}
