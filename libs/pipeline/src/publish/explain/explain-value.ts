import { Inject, Injectable } from '@nestjs/common';
import { fixedDecimal, type FieldValue, type LocalDate, type RecordId } from '@syncline/model';
import { openAmountOn } from '@syncline/receivables';
import type { ReceivableItemRow, SalesOrderRow } from '../../reconcile/reconcile-store.port';
import {
  CUSTOMER_QUERIES,
  DOCUMENT_QUERIES,
  type CustomerQueries,
  type DocumentQueries,
} from '../ports/customer-queries.port';
import { RATING_QUERIES, type RatingQueries } from '../ports/rating-queries.port';
import { RECORD_QUERIES, type RecordQueries } from '../ports/record-queries.port';
import { requestError } from '../problem/problem';
import { findCustomer, type FoundCustomer } from '../use-cases/find-customer';
import { agingView, bucketOf, byDueDate, isOpenOn } from '../views/receivables-view';
import { ratingView } from '../views/rating-view';
import {
  recordsOfItems,
  recordsOfOrders,
  recordView,
  type ExplainedDocument,
  type RecordView,
} from './document-records';
import { parseExplainPath, type ExplainPath } from './explain-path';

/** Documents whose records an explanation shows; the rest is counted. */
const DOCUMENTS = 200;

export interface Explanation {
  customer_id: string;
  path: string;
  as_of: LocalDate;
  value: unknown;
  rule: string;
  inputs: Record<string, unknown>;
  documents: (ExplainedDocument & { records: RecordView[] })[];
  documents_total: number;
}

type Explained = Omit<Explanation, 'customer_id' | 'path' | 'as_of'>;

/** Tells from which documents, events and rules a value of the customer view was made. */
@Injectable()
export class ExplainValue {
  constructor(
    @Inject(CUSTOMER_QUERIES) private readonly customers: CustomerQueries,
    @Inject(DOCUMENT_QUERIES) private readonly documents: DocumentQueries,
    @Inject(RATING_QUERIES) private readonly ratings: RatingQueries,
    @Inject(RECORD_QUERIES) private readonly records: RecordQueries,
  ) {}

  /** @throws SynclineError EXPLAIN_PATH, CUSTOMER_NOT_FOUND, RATING_NOT_FOUND */
  async explain(id: string, path: string, asOf: LocalDate): Promise<Explanation> {
    const parsed = parseExplainPath(path);
    const found = await findCustomer(this.customers, id);
    return { customer_id: found.customer.id, path, as_of: asOf, ...(await this.explained(found, parsed, asOf)) };
  }

  private explained(found: FoundCustomer, path: ExplainPath, asOf: LocalDate): Promise<Explained> {
    const { id } = found.customer;
    switch (path.of) {
      case 'attribute':
        return this.attribute(found, path.name);
      case 'open_total':
        return this.receivables(id, asOf, null);
      case 'aging':
        return this.receivables(id, asOf, path.bucket);
      case 'open_orders':
        return this.openOrders(id);
      default:
        return this.rating(id, path);
    }
  }

  private async attribute({ customer }: FoundCustomer, name: string): Promise<Explained> {
    const attribute = customer.summary.attributes[name];
    if (!attribute) {
      const known = Object.keys(customer.summary.attributes).join(', ');
      throw requestError('EXPLAIN_PATH', `This customer has no such attribute; it has ${known}.`, 'path');
    }
    const account: RecordId = { system: attribute.system, kind: 'account', key: attribute.account };
    const [own, satellites] = await Promise.all([
      this.records.find([account]),
      this.records.referrers([account], ['contact', 'address', 'identifier']),
    ]);
    const holding = [...own, ...satellites].filter(
      ({ kind, fields }) => kind === 'account' || holds(fields, attribute.value),
    );
    const document = { type: 'account', ...account, number: null, on: null, amount: null, currency: null };
    const { kind: _, ...shown } = document;
    return {
      value: attribute.value,
      rule: `survivorship: ${attribute.rule}`,
      inputs: { accounts: customer.summary.accounts.length },
      documents: [{ ...shown, records: holding.map(recordView) }],
      documents_total: 1,
    };
  }

  private async receivables(id: string, asOf: LocalDate, bucket: string | null): Promise<Explained> {
    const all = await this.documents.items(id, false);
    const items = all
      .filter((item) => (bucket === null ? isOpenOn(item, asOf) : bucketOf(item, asOf) === bucket))
      .sort(byDueDate);
    const totals = agingView(all, asOf);
    return {
      value: totals.map(({ currency, open_total, aging }) => ({
        currency,
        amount: bucket === null ? open_total : aging[bucket],
      })),
      rule:
        bucket === null
          ? 'sum of what is open of every item as of the day, credits taken off'
          : 'sum of what is open of the items whose days past due as of the day fall into the bucket; credits are in none',
      inputs: {},
      documents: await this.itemDocuments(items, asOf),
      documents_total: items.length,
    };
  }

  private async openOrders(id: string): Promise<Explained> {
    const orders = await this.documents.orders(id, true);
    const { summary } = (await findCustomer(this.customers, id)).customer;
    return {
      value: summary.openOrders.map(({ currency, amount }) => ({ currency, amount: fixedDecimal(amount) })),
      rule: 'ordered and not yet invoiced, untaxed, of orders that are confirmed or processing',
      inputs: {},
      documents: await this.orderDocuments(orders),
      documents_total: orders.length,
    };
  }

  private async rating(id: string, path: Extract<ExplainPath, { of: 'rating' | 'feature' }>): Promise<Explained> {
    const rating = await this.ratings.current(id);
    if (!rating) throw requestError('RATING_NOT_FOUND', 'The customer was not rated.');
    const { features, reasons, ...decision } = ratingView(rating);
    if (path.of === 'feature' && !(path.name in features)) {
      throw requestError('EXPLAIN_PATH', `The rating has the features ${Object.keys(features).join(', ')}.`, 'path');
    }
    const values = {
      grade: rating.grade,
      limit: rating.limit,
      term: rating.termDays,
      hold: rating.hold,
      score: rating.score,
    };
    const items = (await this.documents.items(id, true)).sort(byDueDate);
    const orders = await this.documents.orders(id, true);
    return {
      value: path.of === 'feature' ? features[path.name] : values[path.member],
      rule: `policy ${rating.policy} version ${rating.policyVersion}`,
      inputs: { decision, reasons, features },
      documents: [...(await this.itemDocuments(items, rating.asOf)), ...(await this.orderDocuments(orders))].slice(
        0,
        DOCUMENTS,
      ),
      documents_total: items.length + orders.length,
    };
  }

  private async itemDocuments(items: readonly ReceivableItemRow[], asOf: LocalDate): Promise<Explanation['documents']> {
    const shown = items.slice(0, DOCUMENTS);
    const records = await recordsOfItems(shown, this.records);
    return shown.map((item, index) => ({
      type: item.type,
      system: item.system,
      key: item.key,
      number: item.number,
      on: item.dueOn ?? item.postedOn,
      amount: fixedDecimal(openAmountOn(item, asOf)),
      currency: item.currency,
      records: records[index],
    }));
  }

  private async orderDocuments(orders: readonly SalesOrderRow[]): Promise<Explanation['documents']> {
    const shown = orders.slice(0, DOCUMENTS);
    const records = await recordsOfOrders(shown, this.records);
    return shown.map((order, index) => ({
      type: 'order',
      system: order.system,
      key: order.key,
      number: order.number,
      on: order.orderedOn,
      amount: fixedDecimal(order.openAmount),
      currency: order.currency,
      records: records[index],
    }));
  }
}

function holds(fields: Record<string, FieldValue>, value: FieldValue): boolean {
  return Object.values(fields).includes(value);
}
