import { Big, canonicalDecimal, type Decimal } from '@syncline/model';
import { refText } from './account-ref';
import type { SurvivorshipRules } from './survivorship';
import { goldenAttributes } from './survivorship';
import type {
  AccountRow,
  CurrencyTotals,
  CustomerSummary,
  ReceivableItemRow,
  SalesOrderRow,
} from './reconcile-store.port';

export interface CustomerParts {
  accounts: AccountRow[];
  openItems: ReceivableItemRow[];
  openOrders: SalesOrderRow[];
}

/** What is known of a customer from events alone; nothing here changes with the calendar. */
export function summariseCustomer(parts: CustomerParts, rules: SurvivorshipRules): CustomerSummary {
  const accounts = [...parts.accounts].sort((x, y) => (refText(x) < refText(y) ? -1 : 1));
  return {
    attributes: goldenAttributes(accounts, rules),
    accounts: accounts.map((account) => ({
      system: account.system,
      key: account.key,
      code: account.profile.code,
      name: account.profile.name,
      active: account.profile.active,
      link: account.link,
      ...(account.profile.parent === undefined ? {} : { parent: account.profile.parent }),
      // A changed limit changes the utilisation, so it has to make a new version of the customer.
      ...(account.profile.creditLimit === undefined ? {} : { creditLimit: account.profile.creditLimit }),
    })),
    isCustomer:
      accounts.some((account) => account.isCustomer) && !accounts.some((account) => account.profile.roles.length > 0),
    receivables: totalsByCurrency(parts.openItems),
    openOrders: openOrders(parts.openOrders),
  };
}

function totalsByCurrency(items: ReceivableItemRow[]): CurrencyTotals[] {
  const byCurrency = new Map<string, { open: Big; unapplied: Big; disputed: Big; items: number }>();
  for (const item of items) {
    const open = new Big(item.openAmount);
    if (open.eq(0)) continue;
    const sums = byCurrency.get(item.currency) ?? {
      open: new Big(0),
      unapplied: new Big(0),
      disputed: new Big(0),
      items: 0,
    };
    sums.open = sums.open.plus(open);
    if (open.lt(0)) sums.unapplied = sums.unapplied.minus(open);
    if (item.disputed) sums.disputed = sums.disputed.plus(open);
    sums.items += 1;
    byCurrency.set(item.currency, sums);
  }
  return sorted(byCurrency).map(([currency, sums]) => ({
    currency,
    open: canonicalDecimal(sums.open),
    unapplied: canonicalDecimal(sums.unapplied),
    disputed: canonicalDecimal(sums.disputed),
    items: sums.items,
  }));
}

function openOrders(orders: SalesOrderRow[]): { currency: string; amount: Decimal; orders: number }[] {
  const byCurrency = new Map<string, { amount: Big; orders: number }>();
  for (const order of orders) {
    const sums = byCurrency.get(order.currency) ?? { amount: new Big(0), orders: 0 };
    byCurrency.set(order.currency, { amount: sums.amount.plus(order.openAmount), orders: sums.orders + 1 });
  }
  return sorted(byCurrency).map(([currency, { amount, orders }]) => ({
    currency,
    amount: canonicalDecimal(amount),
    orders,
  }));
}

function sorted<T>(map: Map<string, T>): [string, T][] {
  return [...map].sort(([x], [y]) => (x < y ? -1 : 1));
}
