import { fixedDecimal, sumDecimals } from '@syncline/model';
import { grouped, shortened, table } from '../output/table';
import type { CustomerDetail, InstallationState } from './installation-state';

export interface SummaryFacts {
  state: InstallationState;
  /** Change events that were sent, over all runs. */
  events: number;
  /** Those of them that the mappings read; the others are of tables that they ignore. */
  mapped: number;
  /** Records that were made of them. */
  records: number;
  /** Change events that this run sent. */
  sent: number;
  seconds: number;
  /** What this run changed: null = it was the first. */
  changed: boolean | null;
  businessDate: string;
}

/** The best first, as in the shipped policy. */
const GRADES = ['AAA', 'AA', 'A', 'B', 'C', 'D', 'none'];

/** What came out, in plain text. */
export function summaryText(facts: SummaryFacts): string {
  const { customers, deliveries } = facts.state;
  const accounts = customers.reduce((sum, each) => sum + each.accounts.length, 0);
  const united = customers.filter((each) => each.accounts.length > 1);
  const orders = customers.reduce((sum, each) => sum + each.orders.count, 0);
  const confirmed = deliveries.filter(({ state }) => state === 'confirmed').length;
  const lines: [string, string][] = [
    [
      'events',
      `${count(facts.events)} read, ${count(facts.mapped)} of them of tables that the mappings use (${count(facts.sent)} sent by this run)`,
    ],
    ['records', count(facts.records)],
    ['customers', `${customers.length}, uniting ${accounts} accounts (${united.length} customers have more than one)`],
    ['orders', count(orders)],
    ...receivablesLines(customers, facts.businessDate),
    ['ratings', gradesText(customers)],
    ['deliveries', `${confirmed} of ${deliveries.length} confirmed by reading them back from the target`],
    ['dead letters', deadLettersText(facts.state)],
    ['time', `${facts.seconds.toFixed(1)} s`],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return [
    ...lines.map(([name, text]) => `${name.padEnd(width)}  ${text}`),
    '',
    customerExamples(customers),
    ...(facts.changed === false
      ? ['', 'This run went on where the last one stopped: nothing changed, every version is as it was.']
      : []),
  ].join('\n');
}

function count(n: number): string {
  return grouped(String(n));
}

function receivablesLines(customers: CustomerDetail[], day: string): [string, string][] {
  const all = customers.flatMap(({ receivables }) => receivables);
  return [...new Set(all.map(({ currency }) => currency))].map((currency): [string, string] => {
    const totals = all.filter((each) => each.currency === currency);
    const sum = (amounts: string[]): string => grouped(fixedDecimal(sumDecimals(amounts)));
    const buckets = Object.keys(totals[0]?.aging ?? {});
    const aging = buckets.map((bucket) => `${bucket}: ${sum(totals.map((each) => each.aging[bucket] ?? '0'))}`);
    const open = sum(totals.map((each) => each.open_total));
    const credit = sum(totals.map((each) => each.unapplied_credit));
    return [
      'receivables',
      `${open} ${currency} open as of ${day}, ${credit} unapplied credit taken off\n${aging.map((each) => `               ${each}`).join('\n')}`,
    ];
  });
}

function gradesText(customers: CustomerDetail[]): string {
  const counts = new Map<string, number>();
  for (const { rating } of customers)
    counts.set(rating?.grade ?? 'none', (counts.get(rating?.grade ?? 'none') ?? 0) + 1);
  const sorted = [...counts].sort(([a], [b]) => GRADES.indexOf(a) - GRADES.indexOf(b));
  return sorted.map(([grade, count]) => `${grade} ${count}`).join(', ');
}

function deadLettersText({ deadLetters }: InstallationState): string {
  const open = deadLetters.filter(({ status }) => status === 'open');
  if (open.length === 0) return 'none';
  const causes = new Map<string, number>();
  for (const { code, class: type } of open) causes.set(`${code} (${type})`, (causes.get(`${code} (${type})`) ?? 0) + 1);
  return `${open.length}: ${[...causes].map(([cause, count]) => `${count} × ${cause}`).join(', ')}`;
}

/** One customer of each grade, those that owe most. */
function customerExamples(customers: CustomerDetail[]): string {
  const owed = (customer: CustomerDetail): number => Number(customer.receivables[0]?.open_total ?? '0');
  const shown = new Map<string, CustomerDetail>();
  for (const customer of [...customers].sort((a, b) => owed(b) - owed(a))) {
    const grade = customer.rating?.grade;
    if (grade !== undefined && !shown.has(grade)) shown.set(grade, customer);
  }
  const rows = [...shown.values()]
    .sort((a, b) => GRADES.indexOf(a.rating?.grade ?? '') - GRADES.indexOf(b.rating?.grade ?? ''))
    .map((each) => [
      shortened(each.name ?? each.id, 26),
      each.rating?.grade ?? '',
      `${each.rating?.term_days ?? ''} d`,
      each.rating?.limit === null ? 'unlimited' : grouped(each.rating?.limit ?? ''),
      each.rating?.hold ?? '',
      shortened(each.rating?.reasons[0]?.text ?? '', 60),
    ]);
  return table(['customer', 'grade', 'term', 'limit', 'hold', 'first reason'], rows, ['term', 'limit']);
}
