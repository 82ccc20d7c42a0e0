import { Command } from 'commander';
import type { Page } from '../client/api-client';
import { clientOf, withUrl } from '../client/installation';
import {
  explanationText,
  waitingTable,
  type MatchExplanationEntry,
  type WaitingMatchEntry,
} from '../matching/match-text';

interface ListOptions {
  assignee?: string;
  deferred?: boolean;
  limit: string;
  json?: boolean;
}

const ACCOUNT = 'account, <system>/<key>';

/** What works on a running installation: the queue of pairs, and why two accounts are one customer. */
export function reviewCommands(): Command[] {
  return [
    listCommand(),
    whyCommand('why', 'Why two accounts are one customer: every comparison, its level and weight, and the total.'),
    whyCommand('why-not', 'Why two accounts are not one customer. Shows the same as why.'),
    decisionCommand('confirm', 'Decide that two accounts are one customer (administrators).'),
    decisionCommand('reject', 'Decide that two accounts are not one customer (administrators).'),
    deferCommand(),
    assignCommand(),
  ];
}

function listCommand(): Command {
  return withUrl(new Command('list'))
    .description('Pairs of accounts that a person has to decide on, the likeliest first.')
    .option('--assignee <name>', 'only those that this person looks at')
    .option('--deferred', 'those that were put off, too')
    .option('--limit <n>', 'how many', '20')
    .option('--json', 'print what the API answers, with both records and all comparisons')
    .action(async ({ assignee, deferred, limit, json }: ListOptions, command: Command) => {
      const search = new URLSearchParams({ limit });
      if (assignee !== undefined) search.set('assignee', assignee);
      if (deferred) search.set('deferred', 'true');
      const page = await clientOf(command).get<Page<WaitingMatchEntry>>(`/matches?${search.toString()}`);
      console.log(json ? JSON.stringify(page, null, 2) : waitingTable(page.items));
    });
}

function whyCommand(name: string, description: string): Command {
  return withUrl(new Command(name))
    .description(description)
    .argument('<a>', ACCOUNT)
    .argument('<b>', ACCOUNT)
    .option('--json', 'print what the API answers')
    .action(async (a: string, b: string, { json }: { json?: boolean }, command: Command) => {
      const search = new URLSearchParams({ a, b });
      const answer = await clientOf(command).get<MatchExplanationEntry>(`/matches/why?${search.toString()}`);
      console.log(json ? JSON.stringify(answer, null, 2) : explanationText(answer));
    });
}

function decisionCommand(action: 'confirm' | 'reject', description: string): Command {
  return withUrl(new Command(action))
    .description(description)
    .argument('<a>', ACCOUNT)
    .argument('<b>', ACCOUNT)
    .requiredOption('--reason <text>', 'why; nothing personal')
    .action(async (a: string, b: string, { reason }: { reason: string }, command: Command) => {
      const decision = await clientOf(command).post<{ id: string; verdict: string }>(`/matches/${action}`, {
        a,
        b,
        reason,
      });
      console.log(`${decision.id}: ${decision.verdict}`);
    });
}

function deferCommand(): Command {
  return withUrl(new Command('defer'))
    .description('Show a pair again later (administrators).')
    .argument('<a>', ACCOUNT)
    .argument('<b>', ACCOUNT)
    .requiredOption('--until <moment>', 'such as 2026-12-01T08:00:00Z')
    .action(async (a: string, b: string, { until }: { until: string }, command: Command) => {
      const task = await clientOf(command).post<{ deferred_until: string }>('/matches/defer', { a, b, until });
      console.log(`deferred until ${task.deferred_until}`);
    });
}

function assignCommand(): Command {
  return withUrl(new Command('assign'))
    .description('Say who looks at a pair (administrators).')
    .argument('<a>', ACCOUNT)
    .argument('<b>', ACCOUNT)
    .argument('[assignee]', 'default: nobody')
    .action(async (a: string, b: string, assignee: string | undefined, _options: unknown, command: Command) => {
      await clientOf(command).post('/matches/assign', { a, b, assignee: assignee ?? null });
      console.log(`assigned to ${assignee ?? 'nobody'}`);
    });
}
