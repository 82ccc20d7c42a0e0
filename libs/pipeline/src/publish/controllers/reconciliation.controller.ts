import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { BREAK_TYPES, type BreakType } from '@syncline/receivables';
import { CLOCK, type Clock } from '../../shared/clock';
import { checkedQuery } from '../http/checked.pipe';
import { Endpoint } from '../http/endpoint.decorator';
import { ChoiceField, DayField, FlagField, PageQuery, TextField } from '../http/query-fields';
import { decodeCursor } from '../paging/cursor';
import { pageOf, queryName } from '../paging/page';
import { ReconcileBalances } from '../reconciliation/reconcile-balances';
import { reconciliationView } from '../views/reconciliation-view';

class ReconciliationQuery extends PageQuery {
  @TextField('System that reports.')
  system?: string;

  @TextField('ISO 4217.')
  currency?: string;

  @TextField('Customer id.')
  customer_id?: string;

  @DayField('Balances up to this day. Default: the business date.')
  as_of?: string;

  @FlagField('Whether nothing but rounding is left.')
  agrees?: boolean;

  @ChoiceField(Object.keys(BREAK_TYPES), 'Has a break of this type.')
  break?: BreakType;
}

/** Customer, system, currency. */
const PLACE_LENGTH = 3;

@ApiTags('reconciliation')
@Controller('reconciliation')
export class ReconciliationController {
  constructor(
    private readonly balances: ReconcileBalances,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Endpoint({
    summary: "The systems' own balances against what the view computes",
    description:
      'A row for each customer, system and currency with a reported balance: the latest one, the difference in typed ' +
      'breaks with their documents, and through which day both agree. `systems` tells which systems report none.',
    answers: 'Reconciliation',
    problems: ['BAD_QUERY', 'BAD_CURSOR'],
  })
  async list(@Query(checkedQuery(ReconciliationQuery)) query: ReconciliationQuery) {
    const name = queryName('reconciliation', query);
    const after = query.cursor === undefined ? null : decodeCursor(name, query.cursor, PLACE_LENGTH);
    const { system, currency, customer_id: customerId, agrees, break: breakType } = query;
    const filter = { system, currency, customerId, agrees, breakType };
    const asOf = query.as_of ?? this.clock.today();
    const [systems, rows] = await Promise.all([
      this.balances.systems(),
      this.balances.page(filter, asOf, after, query.limit + 1),
    ]);
    return { as_of: asOf, systems, ...pageOf(name, rows, query.limit, ({ place }) => place, reconciliationView) };
  }
}
