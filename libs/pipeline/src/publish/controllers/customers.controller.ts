import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller } from '../access/caller';
import { CallerOf } from '../access/caller';
import { ExplainCustomerRating } from '../explain/explain-rating';
import { ExplainValue } from '../explain/explain-value';
import { checkedQuery } from '../http/checked.pipe';
import { Endpoint } from '../http/endpoint.decorator';
import { PageQuery } from '../http/query-fields';
import { decodeCursor } from '../paging/cursor';
import { pageOf, pageOfAll, queryName } from '../paging/page';
import { ReadCustomers } from '../use-cases/read-customers';
import { CLOCK, type Clock } from '../../shared/clock';
import { Inject } from '@nestjs/common';
import { customerListEntry } from '../views/customer-view';
import { itemsOfInvoices, orderView } from '../views/order-view';
import { ratingExplanationView } from '../views/rating-explanation-view';
import { ratingView } from '../views/rating-view';
import { agingView, byDueDate, isOpenOn, itemView, placeOf } from '../views/receivables-view';
import { timelineView } from '../views/timeline-view';
import {
  AsOfQuery,
  customerFilter,
  CustomerListQuery,
  ExplainQuery,
  OrdersQuery,
  RatingQuery,
  ReceivablesQuery,
} from './customers.query';

@ApiTags('customers')
@Controller('customers')
export class CustomersController {
  constructor(
    private readonly customers: ReadCustomers,
    private readonly explainValue: ExplainValue,
    private readonly explainCustomerRating: ExplainCustomerRating,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Endpoint({ summary: 'Search customers', answers: 'CustomerPage', problems: ['BAD_QUERY', 'BAD_CURSOR'] })
  async list(@Query(checkedQuery(CustomerListQuery)) query: CustomerListQuery) {
    const name = queryName('customers', query);
    const after = query.cursor === undefined ? null : decodeCursor(name, query.cursor, PLACE_LENGTH);
    const rows = await this.customers.page(
      customerFilter(query),
      query.sort,
      query.direction === 'desc',
      after,
      query.limit,
    );
    return pageOf(name, rows, query.limit, ({ place }) => place, customerListEntry);
  }

  @Get(':id')
  @Endpoint({
    summary: 'The unified view of a customer',
    description:
      'A retired id answers with the customer that has its accounts now, and says so in retired_id and merged_into.',
    answers: 'Customer',
    problems: ['BAD_QUERY', 'CUSTOMER_NOT_FOUND'],
  })
  view(@Param('id') id: string, @Query(checkedQuery(AsOfQuery)) query: AsOfQuery, @CallerOf() caller: Caller) {
    return this.customers.view(id, query.as_of, caller.role);
  }

  @Get(':id/receivables')
  @Endpoint({
    summary: 'Receivable items with aging',
    description:
      'As of a day, by what is known now or was known at a moment: a receipt that bounced in March was money in February, and asked as known then it still is.',
    answers: 'Receivables',
    problems: ['BAD_QUERY', 'BAD_CURSOR', 'CUSTOMER_NOT_FOUND'],
  })
  async receivables(@Param('id') id: string, @Query(checkedQuery(ReceivablesQuery)) query: ReceivablesQuery) {
    const { customerId, today, items, knownAt, knownSince } = await this.customers.items(id, query.known_at);
    const asOf = query.as_of ?? today;
    const chosen = items.filter((item) => query.state === 'all' || isOpenOn(item, asOf)).sort(byDueDate);
    const page = pageOfAll(queryName(`receivables ${id}`, query), chosen, query, placeOf, (item) =>
      itemView(item, asOf),
    );
    const known = { known_at: knownAt, known_since: knownSince };
    return { customer_id: customerId, as_of: asOf, ...known, totals: agingView(items, asOf), ...page };
  }

  @Get(':id/orders')
  @Endpoint({
    summary: 'Orders with their progress: ordered, delivered, invoiced, paid',
    answers: 'OrderPage',
    problems: ['BAD_QUERY', 'BAD_CURSOR', 'CUSTOMER_NOT_FOUND'],
  })
  async orders(@Param('id') id: string, @Query(checkedQuery(OrdersQuery)) query: OrdersQuery) {
    const { orders, items, matching } = await this.customers.orders(id, query.state === 'open');
    const byInvoice = itemsOfInvoices(items);
    const place = (order: (typeof orders)[number]): string => `${order.orderedOn ?? ''} ${order.system}/${order.key}`;
    const sorted = [...orders].sort((a, b) => (place(a) < place(b) ? 1 : -1));
    return pageOfAll(queryName(`orders ${id}`, query), sorted, query, place, (order) =>
      orderView(order, byInvoice, matching),
    );
  }

  @Get(':id/timeline')
  @Endpoint({
    summary: 'What happened with a customer, the newest first',
    answers: 'Timeline',
    problems: ['BAD_QUERY', 'BAD_CURSOR', 'CUSTOMER_NOT_FOUND'],
  })
  async timeline(@Param('id') id: string, @Query(checkedQuery(PageQuery)) query: PageQuery) {
    const entries = await this.customers.timeline(id);
    return pageOfAll(queryName(`timeline ${id}`, {}), entries, query, ({ place }) => place, timelineView);
  }

  @Get(':id/rating')
  @Endpoint({
    summary: 'The credit rating in force and earlier ones',
    description:
      'With as_of or known_at: the rating that held on that day, as it was known at that moment, and those before it.',
    answers: 'Ratings',
    problems: ['BAD_QUERY', 'BAD_CURSOR', 'CUSTOMER_NOT_FOUND', 'RATING_NOT_FOUND'],
  })
  async rating(@Param('id') id: string, @Query(checkedQuery(RatingQuery)) query: RatingQuery) {
    const { as_of: asOf, known_at: knownAt } = query;
    const name = queryName(`rating ${id}`, { asOf, knownAt });
    const before = query.cursor === undefined ? null : Number(decodeCursor(name, query.cursor, 1)[0]);
    const { customerId, current, history } = await this.customers.rating(id, {
      before,
      limit: query.limit,
      asOf,
      knownAt,
    });
    const page = pageOf(name, history, query.limit, ({ version }) => [version], ratingView);
    return {
      customer_id: customerId,
      current: ratingView(current),
      history: page.items,
      next_cursor: page.next_cursor,
    };
  }

  @Get(':id/rating/explain')
  @Endpoint({
    summary: 'Why the rating in force is what it is, and what a sales person can say to the customer',
    description:
      'Features with points, weights and the documents behind them; the steps of the grade; the bound that set the limit; a sentence in English and Chinese.',
    answers: 'RatingExplanation',
    problems: ['CUSTOMER_NOT_FOUND', 'RATING_NOT_FOUND', 'POLICY_NOT_FOUND'],
  })
  async ratingExplanation(@Param('id') id: string) {
    return ratingExplanationView(await this.explainCustomerRating.explain(id));
  }

  @Get(':id/explain')
  @Endpoint({
    summary: 'Why a value of the view is what it is',
    description:
      'The value, its rule, and the documents and records behind it with topic, partition, offset and mapping version.',
    answers: 'Explanation',
    problems: ['BAD_QUERY', 'EXPLAIN_PATH', 'CUSTOMER_NOT_FOUND', 'RATING_NOT_FOUND'],
  })
  explain(@Param('id') id: string, @Query(checkedQuery(ExplainQuery)) query: ExplainQuery) {
    return this.explainValue.explain(id, query.path, query.as_of ?? this.clock.today());
  }
}

/** (sort value, second sort value, id); see CustomerQueries. */
const PLACE_LENGTH = 3;
