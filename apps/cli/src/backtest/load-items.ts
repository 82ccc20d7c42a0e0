import { readLedger } from '@syncline/composition';
import { SystemClock } from '@syncline/platform';
import type { BacktestCustomer, CreditPolicy } from '@syncline/credit';
import type { LocalDate } from '@syncline/model';
import type { CurrencyConverter } from '@syncline/receivables';
import type { Command } from 'commander';
import { configOf, type GlobalOptions } from '../client/installation';
import { cliError } from '../errors';
import type { BacktestOptions } from './backtest-options';
import { columnHeadings } from './item-columns';
import type { ItemFinding } from './item-finding';
import { givenRate, givenRates } from './dated-rates';
import { readItems } from './read-items';

/** Items to look back on, wherever they come from. */
export interface LoadedItems {
  /** The file, or the installation. */
  source: string;
  customers: BacktestCustomer[];
  findings: ItemFinding[];
  lines: number;
  items: number;
  /** Items without a posting day: they have no place in time and are left out. */
  undated: number;
  /** The first day that anything was invoiced. */
  firstDay: LocalDate;
  knownUntil: LocalDate;
  converterOn: (day: LocalDate) => CurrencyConverter;
}

/**
 * The items of the file that the options name.
 * @throws SynclineError INPUT_UNREADABLE, ITEMS_UNUSABLE
 */
export async function itemsOfFile(file: string, options: BacktestOptions, policy: CreditPolicy): Promise<LoadedItems> {
  const rates = options.rate.map(givenRate);
  const latest = options.knownUntil ?? new SystemClock(policy.policy.timezone).today();
  const { headings, delimiter, encoding } = { ...options, headings: columnHeadings(options.column) };
  const { customers, findings, lines, items, lastDay } = await readItems(file, {
    headings,
    delimiter,
    encoding,
    latest,
  });
  const firstDay = firstInvoice(customers);
  if (firstDay === null)
    throw cliError(
      'ITEMS_UNUSABLE',
      `${file} has no invoice that can be used: ${findings.length} of ${lines} lines have findings`,
    );
  return {
    source: file,
    customers,
    findings,
    lines,
    items,
    undated: 0,
    firstDay,
    knownUntil: options.knownUntil ?? lastDay,
    converterOn: givenRates(policy.policy.currency, rates),
  };
}

/** The items of the installation's store: they were checked when they came. */
async function itemsOfStore(options: BacktestOptions, policy: CreditPolicy, command: Command): Promise<LoadedItems> {
  const config = configOf(command);
  const { customers, converterInto } = await readLedger(config);
  const firstDay = firstInvoice(customers);
  if (firstDay === null) throw cliError('ITEMS_UNUSABLE', 'the store has no invoice');
  const items = customers.reduce((sum, customer) => sum + customer.items.length, 0);
  return {
    source: `the store of ${command.optsWithGlobals<GlobalOptions>().config}`,
    customers,
    findings: [],
    lines: items,
    items,
    undated: customers.flatMap((customer) => customer.items).filter(({ postedOn }) => postedOn === null).length,
    firstDay,
    knownUntil: options.knownUntil ?? new SystemClock(config.timeZone, config.businessDate).today(),
    converterOn: converterInto(policy.policy.currency),
  };
}

/**
 * The items that the options ask for.
 * @throws SynclineError INPUT_UNREADABLE, ITEMS_UNUSABLE, and what opening a store may raise
 */
export async function loadItems(
  options: BacktestOptions,
  policy: CreditPolicy,
  command: Command,
): Promise<LoadedItems> {
  if (options.items !== undefined && options.fromStore)
    throw cliError('ITEMS_UNUSABLE', 'both a file and the store', 'Give --items <file> or --from-store, not both.');
  if (options.fromStore) return itemsOfStore(options, policy, command);
  if (options.items === undefined)
    throw cliError('ITEMS_UNUSABLE', 'there are no items', 'Give --items <file> or --from-store.');
  return itemsOfFile(options.items, options, policy);
}

/** The first day on which anything was invoiced. */
export function firstInvoice(customers: readonly BacktestCustomer[]): LocalDate | null {
  let first: LocalDate | null = null;
  for (const { items } of customers)
    for (const { postedOn, type } of items)
      if (type === 'invoice' && postedOn !== null && (first === null || postedOn < first)) first = postedOn;
  return first;
}
