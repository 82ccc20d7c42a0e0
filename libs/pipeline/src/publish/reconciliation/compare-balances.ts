import type { Decimal, LocalDate } from '@syncline/model';
import { Big, canonicalDecimal } from '@syncline/model';
import { openAmountOn, verifiedThrough } from '@syncline/receivables';
import type { ReceivableItemRow } from '../../reconcile/reconcile-store.port';
import { openShare } from '../../reconcile/settle-items';
import type { BalanceRow } from '../ports/reconciliation-queries.port';

/** What one system reports of one customer in one currency for one day, and what the view has. */
export interface BalanceOfDay {
  customerId: string;
  system: string;
  currency: string;
  /** Whether `currency` is the system's own: then all items count at their ledger amounts. */
  isLedgerCurrency: boolean;
  asOf: LocalDate;
  /** Accounts whose balances are reported for this day, sorted: only their items are held against them. */
  accountKeys: string[];
  reported: Decimal;
  computed: Decimal;
  /** Items with something open that day. */
  lines: number;
}

/** The days of one customer, system and currency. */
export interface BalanceHistory {
  latest: BalanceOfDay;
  /** The last day on which both agree within 0.01 a line; null = on none. */
  verifiedThrough: LocalDate | null;
  /** Days that were compared. */
  days: number;
}

/**
 * Holds the reported balances of one customer in one system, up to the day `until`, against the items of the accounts
 * that they are of; a result for each currency, sorted. The past is computed from the items' days, by what is known
 * today.
 */
export function compareBalances(
  balances: readonly BalanceRow[],
  items: readonly ReceivableItemRow[],
  systemCurrency: string | undefined,
  until: LocalDate,
): BalanceHistory[] {
  const byCurrency = new Map<string, Map<LocalDate, BalanceRow[]>>();
  for (const balance of balances) {
    const currency = balance.currency ?? systemCurrency;
    if (currency === undefined || balance.asOf > until) continue;
    const days = byCurrency.get(currency) ?? new Map<LocalDate, BalanceRow[]>();
    byCurrency.set(currency, days.set(balance.asOf, [...(days.get(balance.asOf) ?? []), balance]));
  }
  return [...byCurrency]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, days]) => history(currency, currency === systemCurrency, [...days.values()], items));
}

/** What is open of an item on a day, in the currency that a balance is compared in; '0' when it does not count there. */
export function openInBalance(
  item: ReceivableItemRow,
  { currency, isLedgerCurrency }: Pick<BalanceOfDay, 'currency' | 'isLedgerCurrency'>,
  asOf: LocalDate,
): Decimal {
  if (!isLedgerCurrency && item.documentCurrency !== currency) return '0';
  const open = openAmountOn(item, asOf);
  return isLedgerCurrency ? open : openShare(open, item.amount, item.documentAmount);
}

/** 0.01 a line, of one line at least. */
export function roundingOf(lines: number): Big {
  return new Big('0.01').times(Math.max(1, lines));
}

function history(
  currency: string,
  isLedgerCurrency: boolean,
  days: BalanceRow[][],
  items: readonly ReceivableItemRow[],
): BalanceHistory {
  const compared = days
    .map((rows) => compareDay(rows, currency, isLedgerCurrency, items))
    .sort((a, b) => (a.asOf < b.asOf ? -1 : 1));
  return {
    latest: compared[compared.length - 1],
    verifiedThrough: verifiedThrough(compared.map((day) => ({ asOf: day.asOf, agrees: agrees(day) }))),
    days: compared.length,
  };
}

function agrees({ reported, computed, lines }: BalanceOfDay): boolean {
  return new Big(reported).minus(computed).abs().lte(roundingOf(lines));
}

function compareDay(
  rows: BalanceRow[],
  currency: string,
  isLedgerCurrency: boolean,
  items: readonly ReceivableItemRow[],
): BalanceOfDay {
  const [{ customerId, system, asOf }] = rows;
  const accounts = new Set(rows.map(({ accountKey }) => accountKey));
  let computed = new Big(0);
  let lines = 0;
  for (const item of items) {
    if (item.system !== system || !accounts.has(item.accountKey)) continue;
    const open = openInBalance(item, { currency, isLedgerCurrency }, asOf);
    if (open === '0') continue;
    computed = computed.plus(open);
    lines += 1;
  }
  return {
    customerId,
    system,
    currency,
    isLedgerCurrency,
    asOf,
    accountKeys: [...accounts].sort(),
    reported: canonicalDecimal(rows.reduce((total, { amount }) => total.plus(amount), new Big(0))),
    computed: canonicalDecimal(computed),
    lines,
  };
}
