import { Big, canonicalDecimal, type Decimal, type LocalDate } from '@syncline/model';
import { verifiedThrough } from '../control-account-breaks';
import type { LedgerItem } from '../ledger-item';
import { openAmountOn, openShare } from '../open-amount';

/** A customer for which a system reports balances. */
export interface BalanceHolder {
  customerId: string;
  system: string;
}

/** A balance as a system reports it. */
export interface BalanceRow extends BalanceHolder {
  accountKey: string;
  /** Null = the system's own. */
  currency: string | null;
  asOf: LocalDate;
  amount: Decimal;
}

/** A ledger item with what ties it to the balance that it is a part of. */
export interface BalanceItem extends LedgerItem {
  system: string;
  key: string;
  accountKey: string;
  documentCurrency: string;
  documentAmount: Decimal;
}

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

/** What one system reports last of one customer in one currency; at least one row. */
export interface LatestBalances extends Pick<BalanceOfDay, 'currency' | 'isLedgerCurrency' | 'asOf'> {
  rows: readonly BalanceRow[];
}

/**
 * Holds the reported balances of one customer in one system, up to the day `until`, against the items of the accounts
 * that they are of; a result for each currency, sorted. The past is computed from the items' days, by what is known
 * today.
 */
export function compareBalances(
  balances: readonly BalanceRow[],
  items: readonly BalanceItem[],
  systemCurrency: string | undefined,
  until: LocalDate,
): BalanceHistory[] {
  return byCurrencyAndDay(balances, systemCurrency, until).map(([currency, days]) =>
    history(currency, currency === systemCurrency, [...days.values()], items),
  );
}

/** The reported balances of the latest day up to `until`, of each currency; see `compareBalances`. */
export function latestBalances(
  balances: readonly BalanceRow[],
  systemCurrency: string | undefined,
  until: LocalDate,
): LatestBalances[] {
  return byCurrencyAndDay(balances, systemCurrency, until).map(([currency, days]) => {
    const asOf = [...days.keys()].reduce((latest, day) => (day > latest ? day : latest));
    return { currency, isLedgerCurrency: currency === systemCurrency, asOf, rows: days.get(asOf) ?? [] };
  });
}

/** Holds them against the items of their accounts; items that were not open that day may be left out. */
export function compareLatest(
  { rows, currency, isLedgerCurrency }: LatestBalances,
  items: readonly BalanceItem[],
): BalanceOfDay {
  return compareDay(rows, currency, isLedgerCurrency, items);
}

/** What is open of an item on a day, in the currency that a balance is compared in; '0' when it does not count there. */
export function openInBalance(
  item: BalanceItem,
  { currency, isLedgerCurrency }: Pick<BalanceOfDay, 'currency' | 'isLedgerCurrency'>,
  asOf: LocalDate,
): Decimal {
  if (!isLedgerCurrency && item.documentCurrency !== currency) return '0';
  const open = openAmountOn(item, asOf);
  return isLedgerCurrency ? open : openShare(open, item.amount, item.documentAmount);
}

/** What rounding may come to: 0.01 a line, of one line at least. */
export function roundingOf(lines: number): Decimal {
  return canonicalDecimal(new Big('0.01').times(Math.max(1, lines)));
}

/** Whether nothing but rounding is between the reported and the computed balance. */
export function balanceAgrees({ reported, computed, lines }: BalanceOfDay): boolean {
  return new Big(reported).minus(computed).abs().lte(roundingOf(lines));
}

/** Sorted by currency. */
function byCurrencyAndDay(
  balances: readonly BalanceRow[],
  systemCurrency: string | undefined,
  until: LocalDate,
): [string, Map<LocalDate, BalanceRow[]>][] {
  const byCurrency = new Map<string, Map<LocalDate, BalanceRow[]>>();
  for (const balance of balances) {
    const currency = balance.currency ?? systemCurrency;
    if (currency === undefined || balance.asOf > until) continue;
    const days = byCurrency.get(currency) ?? new Map<LocalDate, BalanceRow[]>();
    byCurrency.set(currency, days);
    const rows = days.get(balance.asOf);
    if (rows) rows.push(balance);
    else days.set(balance.asOf, [balance]);
  }
  return [...byCurrency].sort(([a], [b]) => (a < b ? -1 : 1));
}

function history(
  currency: string,
  isLedgerCurrency: boolean,
  days: BalanceRow[][],
  items: readonly BalanceItem[],
): BalanceHistory {
  const compared = days
    .map((rows) => compareDay(rows, currency, isLedgerCurrency, items))
    .sort((a, b) => (a.asOf < b.asOf ? -1 : 1));
  return {
    latest: compared[compared.length - 1],
    verifiedThrough: verifiedThrough(compared.map((day) => ({ asOf: day.asOf, agrees: balanceAgrees(day) }))),
    days: compared.length,
  };
}

function compareDay(
  rows: readonly BalanceRow[],
  currency: string,
  isLedgerCurrency: boolean,
  items: readonly BalanceItem[],
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
