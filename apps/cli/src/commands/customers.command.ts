import { Command, Option } from 'commander';
import { clientOf, withUrl } from '../client/installation';
import type { Page } from '../client/api-client';
import { grouped, shortened, table } from '../output/table';

export interface CustomerEntry {
  id: string;
  name: string | null;
  version: number;
  accounts: { system: string; key: string; code: string | null }[];
  receivables: { currency: string; open_total: string; unapplied_credit: string }[];
  grade: string | null;
  hold: string | null;
  limit: string | null;
  limit_currency: string | null;
  term_days: number | null;
  rating_version: number | null;
}

interface CustomersOptions {
  limit: string;
  sort: string;
  grade?: string;
  json?: boolean;
}

export function customersCommand(): Command {
  return withUrl(new Command('customers'))
    .description('Customers by name, code or part of one.')
    .argument('[query]', 'part of a name or code')
    .option('--grade <grades>', 'grades, separated by commas')
    .addOption(
      new Option('--sort <by>', 'order').choices(['name', 'open_total', 'exposure', 'score', 'grade']).default('name'),
    )
    .option('--limit <n>', 'how many', '20')
    .option('--json', 'print what the API answers')
    .action(async (query: string | undefined, options: CustomersOptions, command: Command) => {
      const search = new URLSearchParams({ limit: options.limit, sort: options.sort });
      if (options.sort !== 'name') search.set('direction', 'desc');
      if (query !== undefined) search.set('q', query);
      if (options.grade !== undefined) search.set('grade', options.grade);
      const page = await clientOf(command).get<Page<CustomerEntry>>(`/customers?${search.toString()}`);
      console.log(options.json ? JSON.stringify(page, null, 2) : customerTable(page.items));
      if (!options.json && page.next_cursor !== null) console.log(`… more: --limit ${Number(options.limit) * 2}`);
    });
}

/** Customers as a terminal shows them. */
export function customerTable(customers: readonly CustomerEntry[]): string {
  const rows = customers.map((each) => [
    each.id,
    shortened(each.name ?? '-', 28),
    each.accounts.map(({ system, code, key }) => `${system}:${code ?? key}`).join(' '),
    each.receivables.map(({ currency, open_total }) => `${grouped(open_total)} ${currency}`).join(' '),
    each.grade ?? '-',
    each.term_days === null ? '-' : `${each.term_days} d`,
    each.grade === null ? '-' : each.limit === null ? 'unlimited' : grouped(each.limit),
    each.hold ?? '-',
  ]);
  return table(['id', 'name', 'accounts', 'open', 'grade', 'term', 'limit', 'hold'], rows, ['open', 'term', 'limit']);
}

export function explainCommand(): Command {
  return withUrl(new Command('explain'))
    .description('Why a value of a customer is what it is: rule, documents, source positions.')
    .argument('<customer>', 'customer id')
    .argument(
      '<path>',
      'attributes.<name>, receivables.open_total, receivables.aging.<bucket>, orders.open, rating.<part>, …',
    )
    .option('--as-of <day>', 'day for aging; default: the business date')
    .action(async (customer: string, path: string, { asOf }: { asOf?: string }, command: Command) => {
      const search = new URLSearchParams({ path, ...(asOf === undefined ? {} : { as_of: asOf }) });
      const answer = await clientOf(command).get<unknown>(
        `/customers/${encodeURIComponent(customer)}/explain?${search.toString()}`,
      );
      console.log(JSON.stringify(answer, null, 2));
    });
}
