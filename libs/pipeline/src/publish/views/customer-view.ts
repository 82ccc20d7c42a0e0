import type { CustomerInsight } from '@syncline/analytics';
import type { CreditPolicy } from '@syncline/credit';
import { fixedDecimal, type CreditRating, type LocalDate } from '@syncline/model';
import type { Delivery } from '../../deliver/delivery-store.port';
import type { ClassOverride } from '../../insight/insight-store.port';
import { refText } from '../../reconcile/account-ref';
import type { AccountRow, CustomerRow, ReceivableItemRow, SalesOrderRow } from '../../reconcile/reconcile-store.port';
import { masked, maskedAttribute } from '../access/masking';
import type { Role } from '../access/roles';
import type { CaseCounts, CustomerListRow } from '../ports/customer-queries.port';
import { deliveryView } from './delivery-view';
import { exposureView } from './exposure-view';
import { itemsOfInvoices, ordersSummary, type LedgerConversion } from './order-view';
import { insightView } from './insight-view';
import { ratingView } from './rating-view';
import { agingView, byDueDate, isOpenOn, itemView } from './receivables-view';

/** Open items that the view itself carries; all of them are under /receivables. */
const ITEMS_IN_VIEW = 100;

export interface CustomerViewParts {
  customer: CustomerRow;
  accounts: AccountRow[];
  items: ReceivableItemRow[];
  orders: SalesOrderRow[];
  ledger: Pick<LedgerConversion, 'rates' | 'systemCurrencies'>;
  cases: CaseCounts;
  rating: CreditRating | undefined;
  deliveries: Delivery[];
  insight: CustomerInsight | undefined;
  classOverride: ClassOverride | undefined;
}

/** Everything that is known of a customer as of a day, as `role` may see it, by the policy of that day. */
export function customerView(parts: CustomerViewParts, asOf: LocalDate, policy: CreditPolicy, role: Role) {
  const { customer, items, orders, rating } = parts;
  const open = items.filter((item) => isOpenOn(item, asOf)).sort(byDueDate);
  return {
    id: customer.id,
    name: customer.name,
    version: customer.version,
    is_customer: customer.summary.isCustomer,
    as_of: asOf,
    attributes: attributesView(customer, role),
    accounts: accountsView(parts, role),
    receivables: agingView(items, asOf),
    open_items: open.slice(0, ITEMS_IN_VIEW).map((item) => itemView(item, asOf)),
    exposure: exposureView(items, orders, policy, asOf),
    orders: ordersSummary(orders, itemsOfInvoices(items), { ...parts.ledger, asOf }),
    opportunities: parts.cases.opportunities,
    service_cases: parts.cases.serviceCases,
    behaviour: rating?.features ?? {},
    rating: rating ? ratingView(rating) : null,
    insight: parts.insight ? insightView(parts.insight, parts.classOverride, role) : null,
    deliveries: parts.deliveries.map(deliveryView),
  };
}

function attributesView(customer: CustomerRow, role: Role) {
  return Object.fromEntries(
    Object.entries(customer.summary.attributes).map(([name, { value, system, account, rule }]) => [
      name,
      { value: maskedAttribute(name, value, role), system, account, rule },
    ]),
  );
}

function accountsView({ customer, accounts }: CustomerViewParts, role: Role) {
  const profiles = new Map(accounts.map((account) => [refText(account), account.profile]));
  return customer.summary.accounts.map(({ creditLimit, parent, ...account }) => {
    const profile = profiles.get(refText(account));
    return {
      ...account,
      credit_limit: creditLimit ?? null,
      parent: parent ?? null,
      identifiers: (profile?.identifiers ?? []).map(({ scheme, value, valid }) => ({
        scheme,
        value: masked('identifier', 'value', value, role),
        valid,
      })),
      contacts: (profile?.contacts ?? []).map(({ type, value, name }) => ({
        type,
        value: masked('contact', 'value', value, role),
        name: masked('contact', 'name', name, role),
      })),
      addresses: (profile?.addresses ?? []).map(({ street, city, postalCode, country }) => ({
        street: masked('address', 'street', street, role),
        city,
        postal_code: postalCode,
        country,
      })),
    };
  });
}

/** A customer in a list. */
export function customerListEntry(row: CustomerListRow) {
  const { customer } = row;
  return {
    id: customer.id,
    name: customer.name,
    version: customer.version,
    accounts: customer.summary.accounts.map(({ system, key, code }) => ({ system, key, code })),
    receivables: customer.summary.receivables.map(({ currency, open, unapplied }) => ({
      currency,
      open_total: fixedDecimal(open),
      unapplied_credit: fixedDecimal(unapplied),
    })),
    exposure: fixedDecimal(row.exposure),
    exposure_currency: row.exposureCurrency,
    grade: row.grade,
    hold: row.hold,
    limit: row.limit,
    limit_currency: row.limitCurrency,
    term_days: row.termDays,
    score: row.score,
    rating_version: row.ratingVersion,
    value_level: row.valueLevel,
    stage: row.stage,
    alerts: row.alerts,
  };
}
