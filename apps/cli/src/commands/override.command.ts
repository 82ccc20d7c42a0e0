import { OVERRIDE_KINDS, OVERRIDE_STATUSES } from '@syncline/credit';
import { HOLDS } from '@syncline/model';
import { Command, Option } from 'commander';
import { clientOf, withUrl } from '../client/installation';
import { day, wholeNumber } from '../options/option-values';
import { overrideLine, overrideTable, type OverrideEntry } from './override-text';

interface ListOptions {
  customer?: string;
  status: string;
  json?: boolean;
}

interface ProposeOptions {
  kind: string;
  grade?: string;
  termDays?: number;
  limit?: string;
  hold?: string;
  reason?: string;
  attachment?: string;
  from?: string;
  to?: string;
}

/** Decisions of people on credit, on a running installation; who decides is the name of the API key. */
export function overrideCommand(): Command {
  return new Command('override')
    .description(
      'What people decide on credit otherwise than the policy: overrides, holds, temporary and group limits.',
    )
    .addCommand(listCommand())
    .addCommand(proposeCommand())
    .addCommand(decisionCommand('approve', 'approve', 'Approve what another person proposed.'))
    .addCommand(decisionCommand('reject', 'reject', 'Reject a proposal.'))
    .addCommand(decisionCommand('withdraw', 'reject', 'Take your own proposal back: the same as reject.'))
    .addCommand(decisionCommand('revoke', 'revoke', 'End an approved one at once.'));
}

function listCommand(): Command {
  return withUrl(new Command('list'))
    .description('What waits for approval; or what another status has, or all that was decided on one customer.')
    .option('--customer <id>', 'all of this customer, whatever the status')
    .addOption(
      new Option('--status <status>', 'which ones')
        .choices([...OVERRIDE_STATUSES])
        .default('proposed')
        .conflicts('customer'),
    )
    .option('--json', 'print what the API answers')
    .action(async ({ customer, status, json }: ListOptions, command: Command) => {
      const path =
        customer === undefined ? `/overrides?status=${status}` : `/customers/${encodeURIComponent(customer)}/overrides`;
      const answer = await clientOf(command).get<{ items: OverrideEntry[] }>(path);
      console.log(json ? JSON.stringify(answer, null, 2) : overrideTable(answer.items));
    });
}

function proposeCommand(): Command {
  return withUrl(new Command('propose'))
    .description('Propose a decision. A hold acts at once; most others wait for a second person.')
    .argument('<customer>', 'customer id')
    .addOption(new Option('--kind <kind>', 'what kind of decision').choices([...OVERRIDE_KINDS]).default('override'))
    .option('--grade <grade>', 'grade instead of the computed one')
    .option('--term-days <days>', 'payment term in days', wholeNumber)
    .option('--limit <amount>', "limit in the policy's currency")
    .addOption(new Option('--hold <hold>', 'what is held').choices([...HOLDS]))
    .option('--reason <text>', 'why; nothing personal')
    .option('--attachment <place>', 'where the papers are')
    .option('--from <day>', 'first day; default: the business date', day)
    .option('--to <day>', 'last day; only holds and group limits may do without', day)
    .action(async (customer: string, options: ProposeOptions, command: Command) => {
      const path = `/customers/${encodeURIComponent(customer)}/overrides`;
      console.log(overrideLine(await clientOf(command).post<OverrideEntry>(path, proposal(options))));
    });
}

/** What was not said is left out: the API says what it needs. */
function proposal({ termDays, from, to, kind, grade, limit, hold, reason, attachment }: ProposeOptions): object {
  return {
    kind,
    grade,
    term_days: termDays,
    limit,
    hold,
    reason,
    attachment,
    valid_from: from,
    valid_to: to,
  };
}

function decisionCommand(name: string, action: 'approve' | 'reject' | 'revoke', description: string): Command {
  return withUrl(new Command(name))
    .description(description)
    .argument('<override>', 'id; `syncline override list` shows it')
    .action(async (id: string, _options: unknown, command: Command) => {
      const path = `/overrides/${encodeURIComponent(id)}/${action}`;
      console.log(overrideLine(await clientOf(command).post<OverrideEntry>(path, {})));
    });
}
