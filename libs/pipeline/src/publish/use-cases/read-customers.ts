import { Inject, Injectable } from '@nestjs/common';
import { ratingOn } from '@syncline/credit';
import type { CreditRating, Instant, LocalDate } from '@syncline/model';
import { CLOCK, instantOf, type Clock } from '../../shared/clock';
import { PolicyInForce } from '../../rate/policy-in-force';
import type { ReceivableItemRow, SalesOrderRow } from '../../reconcile/reconcile-store.port';
import type { Role } from '../access/roles';
import {
  CUSTOMER_QUERIES,
  DOCUMENT_QUERIES,
  type CustomerFilter,
  type CustomerListRow,
  type CustomerQueries,
  type CustomerSort,
  type DocumentQueries,
} from '../ports/customer-queries.port';
import type { CursorValues } from '../paging/cursor';
import { DELIVERY_QUERIES, type DeliveryQueries } from '../ports/delivery-queries.port';
import { INSIGHT_QUERIES, type InsightQueries } from '../ports/insight-queries.port';
import { RATING_QUERIES, type RatingQueries } from '../ports/rating-queries.port';
import { requestError } from '../problem/problem';
import { PUBLISH_SETTINGS, type PublishSettings } from '../publish-settings';
import { customerView } from '../views/customer-view';
import type { OrderMatching } from '../views/order-match';
import { timelineOf, type TimelineEntry } from '../views/timeline-view';
import { findCustomer } from './find-customer';

/** Attempts of deliveries and ratings that a timeline goes back. */
const HISTORY = 500;

export interface RatingHistoryRequest {
  /** Earlier versions than this; null = than the answered one. */
  before: number | null;
  limit: number;
  asOf?: LocalDate;
  /** A moment, ISO 8601. */
  knownAt?: string;
}

/** Orders of a customer, its items, and what the orders are held against their deliveries and invoices by. */
export interface CustomerOrders {
  orders: SalesOrderRow[];
  items: ReceivableItemRow[];
  matching: OrderMatching;
}

export interface ItemsOfCustomer {
  customerId: string;
  today: LocalDate;
  items: ReceivableItemRow[];
  /** The moment that was asked for; null = now. */
  knownAt: Instant | null;
  /** Nothing is kept of what was known before; null for now, and where nothing is kept at all. */
  knownSince: Instant | null;
}

/** Reads the unified view of customers. Everything that the calendar changes is computed here, as of a day. */
@Injectable()
export class ReadCustomers {
  constructor(
    @Inject(CUSTOMER_QUERIES) private readonly customers: CustomerQueries,
    @Inject(DOCUMENT_QUERIES) private readonly documents: DocumentQueries,
    @Inject(RATING_QUERIES) private readonly ratings: RatingQueries,
    @Inject(INSIGHT_QUERIES) private readonly insights: InsightQueries,
    @Inject(DELIVERY_QUERIES) private readonly deliveries: DeliveryQueries,
    private readonly policies: PolicyInForce,
    @Inject(PUBLISH_SETTINGS) private readonly settings: PublishSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Rows after `after`, one more than `limit` when there are more. */
  async page(
    filter: CustomerFilter,
    sort: CustomerSort,
    descending: boolean,
    after: CursorValues | null,
    limit: number,
  ): Promise<CustomerListRow[]> {
    const asOf = this.clock.today();
    const grades = sort === 'grade' ? (await this.policies.inForce(asOf)).grades.map(({ grade }) => grade) : [];
    return this.customers.page({ filter, sort, descending, after, limit: limit + 1, asOf, grades });
  }

  /** @throws SynclineError CUSTOMER_NOT_FOUND */
  async view(id: string, day: LocalDate | undefined, role: Role) {
    const asOf = day ?? this.clock.today();
    const { customer, retiredId } = await findCustomer(this.customers, id);
    const [accounts, items, orders, cases, rating, deliveries, rates, insight, classOverride, policy] =
      await Promise.all([
        this.customers.accounts(customer.id),
        this.documents.items(customer.id, false),
        this.documents.orders(customer.id, false),
        this.customers.caseCounts(customer.id),
        this.ratings.current(customer.id),
        this.deliveries.ofCustomer(customer.id),
        this.documents.exchangeRates(),
        this.insights.current(customer.id),
        this.insights.classOverride(customer.id),
        this.policies.inForce(asOf),
      ]);
    const ledger = { rates, systemCurrencies: this.settings.systemCurrencies };
    const parts = { customer, accounts, items, orders, ledger, cases, rating, deliveries, insight, classOverride };
    const view = customerView(parts, asOf, policy, role);
    return retiredId === null ? view : { ...view, retired_id: retiredId, merged_into: customer.id };
  }

  /**
   * The items of a customer, as known now or at a moment, ISO 8601.
   * @throws SynclineError CUSTOMER_NOT_FOUND
   */
  async items(id: string, knownAt: string | undefined): Promise<ItemsOfCustomer> {
    const { customer } = await findCustomer(this.customers, id);
    const own = { customerId: customer.id, today: this.clock.today() };
    if (knownAt === undefined)
      return { ...own, items: await this.documents.items(customer.id, false), knownAt: null, knownSince: null };
    const known = instantOf(Date.parse(knownAt));
    const [items, knownSince] = await Promise.all([
      this.documents.itemsKnownAt(customer.id, known),
      this.documents.knownSince(),
    ]);
    return { ...own, items, knownAt: known, knownSince };
  }

  /** @throws SynclineError CUSTOMER_NOT_FOUND */
  async orders(id: string, openOnly: boolean): Promise<CustomerOrders> {
    const { customer } = await findCustomer(this.customers, id);
    const [orders, items] = await Promise.all([
      this.documents.orders(customer.id, openOnly),
      this.documents.items(customer.id, false),
    ]);
    const tellDeliveries = await this.documents.tellDeliveries(orders.map(({ system }) => system));
    return { orders, items, matching: { asOf: this.clock.today(), tellDeliveries } };
  }

  /** @throws SynclineError CUSTOMER_NOT_FOUND */
  async timeline(id: string): Promise<TimelineEntry[]> {
    const { customer } = await findCustomer(this.customers, id);
    const [items, orders, ratings, attempts] = await Promise.all([
      this.documents.items(customer.id, false),
      this.documents.orders(customer.id, false),
      this.ratings.history(customer.id, null, HISTORY),
      this.deliveries.attempts(customer.id, HISTORY),
    ]);
    return timelineOf({ items, orders, ratings, attempts });
  }

  /**
   * The rating in force, or the one that held on a day as known at a moment, and those before it.
   * @throws SynclineError CUSTOMER_NOT_FOUND, RATING_NOT_FOUND
   */
  async rating(
    id: string,
    { before, limit, asOf, knownAt }: RatingHistoryRequest,
  ): Promise<{ customerId: string; current: CreditRating; history: CreditRating[] }> {
    const { customer } = await findCustomer(this.customers, id);
    const isPast = asOf !== undefined || knownAt !== undefined;
    const current = isPast
      ? await this.pastRating(customer.id, asOf ?? this.clock.today(), knownAt)
      : await this.ratings.current(customer.id);
    if (!current) throw requestError('RATING_NOT_FOUND', 'The customer was not rated.', 'id');
    return {
      customerId: customer.id,
      current,
      history: await this.ratings.history(customer.id, before ?? current.version, limit + 1),
    };
  }

  private async pastRating(
    customerId: string,
    asOf: LocalDate,
    knownAt: string | undefined,
  ): Promise<CreditRating | undefined> {
    const known = instantOf(knownAt === undefined ? this.clock.now() : Date.parse(knownAt));
    // Versions grow with time: the first page that has an answer has the right one.
    for (let before: number | null = null; ;) {
      const page: CreditRating[] = await this.ratings.history(customerId, before, HISTORY);
      const found = ratingOn(page, asOf, known);
      if (found || page.length < HISTORY) return found;
      before = page[page.length - 1].version;
    }
  }

  /** @throws SynclineError ACCOUNT_NOT_FOUND */
  async ofAccount(system: string, key: string): Promise<string> {
    const id = await this.customers.customerOfAccount(system, key);
    if (id === undefined) throw requestError('ACCOUNT_NOT_FOUND', 'No customer has this account.', 'key');
    return id;
  }
}
