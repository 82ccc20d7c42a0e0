import { Big } from '@syncline/model';
import { Command } from 'commander';
import type { ApiClient, Page } from '../client/api-client';
import { clientOf, withUrl } from '../client/installation';
import { cliError } from '../errors';
import { grouped, table } from '../output/table';

interface BreakEntry {
  type: string;
  amount: string;
  documents: { key: string; number: string | null }[];
}

/** A row of GET /reconciliation. */
export interface ReconciledEntry {
  customer_id: string;
  system: string;
  currency: string;
  as_of: string;
  reported: string;
  computed: string;
  difference: string;
  agrees: boolean;
  verified_through: string | null;
  breaks: BreakEntry[];
}

interface ReportingSystem {
  system: string;
  currency: string;
  balances: number;
}

type ReconciliationPage = Page<ReconciledEntry> & { as_of: string; systems: ReportingSystem[] };

interface ReconcileOptions {
  system?: string;
  currency?: string;
  customer?: string;
  asOf?: string;
  json?: boolean;
}

export function reconcileCommand(): Command {
  return withUrl(new Command('reconcile'))
    .description(
      'Holds the balances that the systems report against what Syncline computes. Ends with 1 when they differ.',
    )
    .option('--system <name>', 'one system')
    .option('--currency <code>', 'one currency')
    .option('--customer <id>', 'one customer')
    .option('--as-of <day>', 'balances up to this day; default: the business date')
    .option('--json', 'print all rows, those that agree too')
    .action(async (options: ReconcileOptions, command: Command) => {
      const { asOf, systems, rows } = await readAll(clientOf(command), options);
      const chosen = systems.filter(({ system }) => options.system === undefined || system === options.system);
      if (options.json) console.log(JSON.stringify({ as_of: asOf, systems: chosen, items: rows }, null, 2));
      else console.log(reconciliationReport(chosen, rows));
      const differing = rows.filter(({ agrees }) => !agrees).length;
      if (differing > 0) throw cliError('CHECK_FAILED', `${differing} of ${rows.length} balances differ`, ADVICE);
    });
}

const ADVICE = 'docs/how-to/administrators/reconcile-with-the-erp.md says what each type of break asks for.';

async function readAll(api: ApiClient, options: ReconcileOptions) {
  const search = new URLSearchParams({ limit: '200' });
  const parameters = { system: options.system, currency: options.currency, customer_id: options.customer };
  for (const [name, value] of Object.entries({ ...parameters, as_of: options.asOf }))
    if (value !== undefined) search.set(name, value);
  const rows: ReconciledEntry[] = [];
  for (;;) {
    const page = await api.get<ReconciliationPage>(`/reconciliation?${search.toString()}`);
    rows.push(...page.items);
    if (page.next_cursor === null) return { asOf: page.as_of, systems: page.systems, rows };
    search.set('cursor', page.next_cursor);
  }
}

/** What a terminal shows: a line for each system and currency, and what differs with its documents. */
export function reconciliationReport(systems: readonly ReportingSystem[], rows: readonly ReconciledEntry[]): string {
  const silent = systems.filter(({ balances }) => balances === 0);
  const parts = [
    ...(rows.length > 0 ? [summaryTable(rows)] : []),
    ...silent.map(({ system }) => `${system} reports no balances: nothing of it is compared, nothing is verified.`),
  ];
  const differing = rows.filter(({ agrees }) => !agrees);
  return [...parts, ...(differing.length > 0 ? ['', differenceTable(differing)] : [])].join('\n');
}

function summaryTable(rows: readonly ReconciledEntry[]): string {
  const groups = new Map<string, ReconciledEntry[]>();
  for (const row of rows) {
    const name = `${row.system}\n${row.currency}`;
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  const lines = [...groups.values()].map((own) => [
    own[0].system,
    own[0].currency,
    String(own.length),
    String(own.filter(({ agrees }) => agrees).length),
    amountOf(own, 'reported'),
    amountOf(own, 'computed'),
    amountOf(own, 'difference'),
    verifiedThrough(own),
  ]);
  const headings = [
    'system',
    'currency',
    'customers',
    'agree',
    'reported',
    'computed',
    'difference',
    'verified through',
  ];
  return table(headings, lines, headings.slice(2, 7));
}

/** The whole is verified through the day through which each customer is; '-' as soon as one never was. */
function verifiedThrough(rows: readonly ReconciledEntry[]): string {
  const days = rows.map(({ verified_through: day }) => day ?? '-');
  return days.includes('-') ? '-' : (days.sort()[0] ?? '-');
}

function amountOf(rows: readonly ReconciledEntry[], field: 'reported' | 'computed' | 'difference'): string {
  return grouped(rows.reduce((total, row) => total.plus(row[field]), new Big(0)).toFixed(2));
}

/** Documents named in a cell; the rest is counted. */
const NAMED = 3;

function differenceTable(rows: readonly ReconciledEntry[]): string {
  const lines = rows.flatMap((row) =>
    row.breaks.map(({ type, amount, documents }, index) => [
      ...(index === 0
        ? [row.customer_id, row.system, row.currency, row.as_of, grouped(row.reported), grouped(row.computed)]
        : ['', '', '', '', '', '']),
      type,
      grouped(amount),
      documentsText(documents),
    ]),
  );
  const headings = ['customer', 'system', 'currency', 'as of', 'reported', 'computed', 'break', 'amount', 'documents'];
  return table(headings, lines, ['reported', 'computed', 'amount']);
}

function documentsText(documents: BreakEntry['documents']): string {
  const names = documents.slice(0, NAMED).map(({ number, key }) => number ?? `line ${key}`);
  const more = documents.length - NAMED;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}
