import { Inject, Injectable } from '@nestjs/common';
import { explainRating, type CreditOverride, type DocumentKind, type RatingExplanation } from '@syncline/credit';
import { addDays, fixedDecimal, type CreditRating, type Decimal, type LocalDate } from '@syncline/model';
import { openAmountOn } from '@syncline/receivables';
import { OVERRIDE_STORE, type OverrideStore } from '../../rate/credit-state.port';
import type { ReceivableItemRow, SalesOrderRow } from '../../reconcile/reconcile-store.port';
import {
  CUSTOMER_QUERIES,
  DOCUMENT_QUERIES,
  type CustomerQueries,
  type DocumentQueries,
} from '../ports/customer-queries.port';
import { RATING_QUERIES, type RatingQueries } from '../ports/rating-queries.port';
import { requestError } from '../problem/problem';
import { ReconcileBalances, type Reconciled } from '../reconciliation/reconcile-balances';
import { findCustomer } from '../use-cases/find-customer';
import { ReadPolicies } from '../use-cases/read-policies';
import { byDueDate, isOpenOn } from '../views/receivables-view';
import type { ExplainedDocument } from './document-records';

/** Documents of a kind that an explanation shows; the rest is counted. */
const DOCUMENTS = 50;
const SALES_DAYS = 365;
/** Systems and currencies; more than any customer has. */
const BALANCES = 200;

export interface ExplainedRating {
  rating: CreditRating;
  explanation: RatingExplanation;
  documents: Record<DocumentKind, { total: number; shown: ExplainedDocument[] }>;
  /** The overrides that took part. */
  overrides: CreditOverride[];
  /** What its systems reported last by the day of the rating. */
  balances: Reconciled[];
}

/** Why the rating in force is what it is: by the policy that made it, as of its day. */
@Injectable()
export class ExplainCustomerRating {
  constructor(
    @Inject(CUSTOMER_QUERIES) private readonly customers: CustomerQueries,
    @Inject(RATING_QUERIES) private readonly ratings: RatingQueries,
    @Inject(DOCUMENT_QUERIES) private readonly documents: DocumentQueries,
    @Inject(OVERRIDE_STORE) private readonly overrides: OverrideStore,
    private readonly policies: ReadPolicies,
    private readonly reconciliation: ReconcileBalances,
  ) {}

  /** @throws SynclineError CUSTOMER_NOT_FOUND, RATING_NOT_FOUND, POLICY_NOT_FOUND */
  async explain(id: string): Promise<ExplainedRating> {
    const { customer } = await findCustomer(this.customers, id);
    const rating = await this.ratings.current(customer.id);
    if (!rating) throw requestError('RATING_NOT_FOUND', 'The customer was not rated.', 'id');
    const [policy, items, orders, overrides, balances] = await Promise.all([
      this.policies.thatMade(rating),
      this.documents.items(customer.id, false),
      this.documents.orders(customer.id, true),
      this.overrides.ofCustomer(customer.id),
      this.reconciliation.page({ customerId: customer.id }, rating.asOf, null, BALANCES),
    ]);
    const since = addDays(rating.asOf, -policy.windows.behaviourDays);
    return {
      rating,
      explanation: explainRating(rating, policy),
      documents: documentsOf(items.sort(byDueDate), orders, rating.asOf, since),
      balances,
      overrides: overrides.filter((each) => rating.derivation?.overrides.includes(each.id)),
    };
  }
}

function documentsOf(
  items: readonly ReceivableItemRow[],
  orders: readonly SalesOrderRow[],
  asOf: LocalDate,
  since: LocalDate,
): ExplainedRating['documents'] {
  const salesSince = addDays(asOf, -SALES_DAYS);
  const inTime = (day: LocalDate | null, from: LocalDate) => day !== null && day > from && day <= asOf;
  const isPaid = ({ settlements }: ReceivableItemRow) => settlements.some(({ on, cash }) => cash && inTime(on, since));
  const isSold = ({ type, postedOn }: ReceivableItemRow) => type === 'invoice' && inTime(postedOn, salesSince);
  return {
    open: shown(items.filter((item) => isOpenOn(item, asOf)).map((item) => itemOf(item, openAmountOn(item, asOf)))),
    paid: shown(items.filter(isPaid).map((item) => itemOf(item, item.amount))),
    sales: shown(items.filter(isSold).map((item) => itemOf(item, item.amount))),
    orders: shown(orders.map(orderOf)),
  };
}

function shown(documents: readonly ExplainedDocument[]): { total: number; shown: ExplainedDocument[] } {
  return { total: documents.length, shown: documents.slice(0, DOCUMENTS) };
}

function itemOf(item: ReceivableItemRow, amount: Decimal): ExplainedDocument {
  const { type, system, key, number, currency, dueOn, postedOn } = item;
  return { type, system, key, number, on: dueOn ?? postedOn, amount: fixedDecimal(amount), currency };
}

function orderOf({ system, key, number, orderedOn, openAmount, currency }: SalesOrderRow): ExplainedDocument {
  return { type: 'order', system, key, number, on: orderedOn, amount: fixedDecimal(openAmount), currency };
}
