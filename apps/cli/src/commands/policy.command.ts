import { policyFindings } from '@syncline/composition';
import { formatConfigFinding } from '@syncline/platform';
import { join } from 'node:path';
import { Command } from 'commander';
import { clientOf, withUrl, type GlobalOptions } from '../client/installation';
import { textOf } from '../client/text-of';
import { cliError } from '../errors';
import { table } from '../output/table';
import { policyDiffText, type PolicyDiffAnswer } from './policy-diff';
import { policyFitCommand } from './policy-fit.command';

interface PolicyEntry {
  digest: string;
  id: string;
  version: number;
  effective_from: string;
  status: string;
  in_force: boolean;
  impact: { customers: number; moved: number } | null;
  decided_by: string | null;
}

interface DiffOptions {
  moves: string;
  on?: string;
  failAbove?: string;
  json?: boolean;
}

export function policyCommand(): Command {
  const lint = new Command('lint')
    .description('Check a credit policy; exit code 1 when there are findings.')
    .argument('[file]', 'default: credit-policy.yaml of the configuration')
    .action((file: string | undefined, _options: unknown, command: Command) => {
      const path = file ?? join(command.optsWithGlobals<GlobalOptions>().config, 'credit-policy.yaml');
      if (isClean(path, textOf(path))) console.log(`${path}: no findings`);
    });
  return new Command('policy')
    .description('The credit policy.')
    .addCommand(lint)
    .addCommand(diffCommand())
    .addCommand(policyFitCommand())
    .addCommand(listCommand())
    .addCommand(decisionCommand('approve', 'Let a policy that waits take effect at its date (administrators).'))
    .addCommand(decisionCommand('refuse', 'Refuse a policy that waits: the one before stays (administrators).'));
}

function diffCommand(): Command {
  return withUrl(new Command('diff'))
    .description('Who would move by a policy: from what to what, why, and the exposure concerned. Changes nothing.')
    .argument('<files...>', 'the new policy; or the old and the new one. Alone it is compared with the one in force')
    .option('--on <address>', 'the data: the address of a running Syncline; the same as --url')
    .option('--moves <n>', 'how many customers to show, the greatest exposure first', '50')
    .option('--fail-above <share>', 'exit code 1 when more than this share of the customers would move, e.g. 0.1')
    .option('--json', 'print what the API answers')
    .action(async (files: string[], options: DiffOptions, command: Command) => {
      if (files.length > 2) throw cliError('INPUT_UNREADABLE', 'a diff is of one or two policies');
      const texts = files.map((file) => ({ file, text: textOf(file) }));
      if (!texts.every(({ file, text }) => isClean(file, text))) return;
      if (options.on !== undefined) command.setOptionValue('url', options.on);
      const [candidate, base] = texts.map(({ text }) => text).reverse();
      const diff = await clientOf(command).post<PolicyDiffAnswer>('/policy/diff', {
        policy: candidate,
        ...(base === undefined ? {} : { base }),
        moves: Number(options.moves),
      });
      console.log(options.json ? JSON.stringify(diff, null, 2) : policyDiffText(diff));
      const most = options.failAbove === undefined ? Infinity : Number(options.failAbove);
      if (diff.moved > most * diff.customers) process.exitCode = 1;
    });
}

function listCommand(): Command {
  return withUrl(new Command('list'))
    .description('The policies of the running installation, and which one is in force.')
    .option('--json', 'print what the API answers')
    .action(async (options: { json?: boolean }, command: Command) => {
      const answer = await clientOf(command).get<{ items: PolicyEntry[] }>('/policies');
      console.log(options.json ? JSON.stringify(answer, null, 2) : policyTable(answer.items));
    });
}

function decisionCommand(action: 'approve' | 'refuse', description: string): Command {
  return withUrl(new Command(action))
    .description(description)
    .argument('<digest>', 'of the policy; `syncline policy list` shows it')
    .action(async (digest: string, _options: unknown, command: Command) => {
      const path = `/policies/${encodeURIComponent(digest)}/${action}`;
      const policy = await clientOf(command).post<PolicyEntry>(path, {});
      console.log(`${policy.id} version ${policy.version}: ${policy.status}, from ${policy.effective_from}`);
    });
}

function policyTable(policies: readonly PolicyEntry[]): string {
  const rows = policies.map(
    ({ digest, id, version, effective_from: from, status, in_force: isOn, impact, ...rest }) => [
      digest,
      id,
      String(version),
      from,
      isOn ? 'in force' : status,
      impact === null ? '-' : `${impact.moved} of ${impact.customers}`,
      rest.decided_by ?? '-',
    ],
  );
  return table(['digest', 'policy', 'version', 'from', 'status', 'moves', 'decided by'], rows, ['version']);
}

/** Prints the findings of a policy; exit code 1 when there are any. */
function isClean(path: string, text: string): boolean {
  const findings = policyFindings({ name: path, file: path, text });
  for (const finding of findings) console.log(formatConfigFinding(finding));
  if (findings.length === 0) return true;
  console.log(`${findings.length} findings`);
  process.exitCode = 1;
  return false;
}
