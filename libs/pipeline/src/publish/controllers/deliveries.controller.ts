import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';
import type { DeliveryState } from '../../deliver/delivery-store.port';
import { CLOCK, instantOf, type Clock } from '../../shared/clock';
import type { Caller } from '../access/caller';
import { CallerOf, TraceOf } from '../access/caller';
import { checkedBody, checkedQuery } from '../http/checked.pipe';
import { Endpoint } from '../http/endpoint.decorator';
import { ChoiceField, MAX_LIMIT, PageQuery, RequiredText, TextField } from '../http/query-fields';
import { decodeCursor } from '../paging/cursor';
import { pageOf, queryName } from '../paging/page';
import { DELIVERY_RETRY, type DeliveryRetry } from '../ports/commands.port';
import { DELIVERY_QUERIES, type DeliveryQueries } from '../ports/delivery-queries.port';
import { RECORD_QUERIES, type RecordQueries } from '../ports/record-queries.port';
import { RecordChange } from '../use-cases/record-change';
import { deliveryView } from '../views/delivery-view';

class DeliveryListQuery extends PageQuery {
  @TextField('Target.')
  target?: string;

  @ChoiceField(['due', 'running', 'confirmed', 'waiting_retry', 'failed'], 'State.')
  state?: DeliveryState;

  @TextField('Customer id.')
  customer_id?: string;
}

class DeliveryName {
  @RequiredText('Target.')
  target!: string;

  @RequiredText('Key of the account in the target.')
  account!: string;
}

class RetryBody {
  @ApiProperty({ type: [DeliveryName], description: 'The deliveries to make due at once.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LIMIT)
  @ValidateNested({ each: true })
  @Type(() => DeliveryName)
  deliveries!: DeliveryName[];
}

/** Records that wait are shown with this many examples. */
const EXAMPLES = 5;

@ApiTags('operations')
@Controller()
export class DeliveriesController {
  constructor(
    @Inject(DELIVERY_QUERIES) private readonly deliveries: DeliveryQueries,
    @Inject(RECORD_QUERIES) private readonly records: RecordQueries,
    @Inject(DELIVERY_RETRY) private readonly retries: DeliveryRetry,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly change: RecordChange,
  ) {}

  @Get('deliveries')
  @Endpoint({
    summary: 'Ratings on their way to the targets',
    answers: 'DeliveryPage',
    problems: ['BAD_QUERY', 'BAD_CURSOR'],
  })
  async list(@Query(checkedQuery(DeliveryListQuery)) query: DeliveryListQuery) {
    const name = queryName('deliveries', query);
    const place = query.cursor === undefined ? null : decodeCursor(name, query.cursor, 2);
    const after = place && { target: String(place[0]), accountKey: String(place[1]) };
    const filter = { target: query.target, state: query.state, customerId: query.customer_id };
    const rows = await this.deliveries.page(filter, after, query.limit + 1);
    return pageOf(name, rows, query.limit, ({ target, accountKey }) => [target, accountKey], deliveryView);
  }

  @Post('deliveries/retry')
  @Endpoint({
    summary: 'Deliver again at once',
    description: 'Failed ones after someone acted, or confirmed ones to be checked for drift.',
    status: 202,
    answers: 'RetryResult',
    problems: ['BAD_BODY'],
  })
  async retry(@Body(checkedBody(RetryBody)) body: RetryBody, @CallerOf() caller: Caller, @TraceOf() trace: string) {
    const keys = body.deliveries.map(({ target, account }) => ({ target, accountKey: account }));
    const retried = await this.retries.retry(keys, instantOf(this.clock.now()));
    const subject = keys.length === 1 ? `${keys[0].target}/${keys[0].accountKey}` : `${keys.length} deliveries`;
    await this.change.record({ caller, trace }, 'POST /deliveries/retry', subject, { retried });
    return { retried };
  }

  @Get('waiting')
  @Endpoint({ summary: 'Records that wait for a record that has not come', answers: 'Waiting' })
  async waiting() {
    const counts = await this.records.waiting(EXAMPLES);
    return {
      items: counts.map(({ examples, ...count }) => ({
        ...count,
        examples: examples.map(({ key, waitsFor }) => ({ key, waits_for: waitsFor })),
      })),
    };
  }
}
