import { Body, Controller, Delete, Get, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CUSTOMER_CLASSES, type CustomerClass } from '@syncline/analytics';
import { CLOCK, instantOf, type Clock } from '../../shared/clock';
import { actorOf, CallerOf, TraceOf, type Caller } from '../access/caller';
import { checkedBody } from '../http/checked.pipe';
import { Endpoint } from '../http/endpoint.decorator';
import { RequiredChoice, RequiredText } from '../http/query-fields';
import { CUSTOMER_QUERIES, type CustomerQueries } from '../ports/customer-queries.port';
import { INSIGHT_QUERIES, type InsightQueries } from '../ports/insight-queries.port';
import { requestError } from '../problem/problem';
import { findCustomer } from '../use-cases/find-customer';
import { RecordChange } from '../use-cases/record-change';
import { RequestEvaluation } from '../use-cases/request-evaluation';
import { classOverrideView, keyAccountsView } from '../views/insight-view';

class ClassBody {
  @RequiredChoice(CUSTOMER_CLASSES, 'The class.')
  class!: CustomerClass;

  @RequiredText('Why it is in that class.')
  reason!: string;
}

/** What customers are worth; what a single one is stands in its view. */
@ApiTags('customers')
@Controller()
export class InsightController {
  constructor(
    @Inject(INSIGHT_QUERIES) private readonly insights: InsightQueries,
    @Inject(CUSTOMER_QUERIES) private readonly customers: CustomerQueries,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly evaluations: RequestEvaluation,
    private readonly change: RecordChange,
  ) {}

  @Get('key-accounts')
  @Endpoint({
    summary: 'How many customers make most of the profit, with the cumulative curve',
    description: 'Of the latest evaluation; GET /customers?key_account=true lists them.',
    answers: 'KeyAccounts',
    problems: ['INSIGHT_NOT_FOUND'],
  })
  async keyAccounts() {
    const run = await this.insights.lastRun();
    if (!run) throw requestError('INSIGHT_NOT_FOUND', 'The customers were not evaluated yet.');
    return keyAccountsView(run);
  }

  @Get('insight')
  @Endpoint({
    summary: 'When the customers were evaluated, and whether a request for it waits',
    answers: 'InsightEvaluation',
  })
  evaluation() {
    return this.evaluations.state();
  }

  @Post('insight/evaluate')
  @Endpoint({
    summary: 'Evaluate all customers as of the business date, at once',
    description:
      'The process that rates begins within ten seconds; GET /insight tells when it is done. Asked twice, the same ' +
      'day gives the same insight, and no alert is raised a second time; a request that waits stays the one it was.',
    status: 202,
    answers: 'InsightEvaluation',
  })
  async evaluate(@CallerOf() caller: Caller, @TraceOf() trace: string) {
    const state = await this.evaluations.request();
    await this.change.record({ caller, trace }, 'POST /insight/evaluate', state.as_of);
    return state;
  }

  @Put('customers/:id/class')
  @Endpoint({
    summary: 'A person decides on the class of a customer',
    description: "Goes before the policy's rules, at once and until it is taken back.",
    answers: 'CustomerClass',
    problems: ['BAD_BODY', 'CUSTOMER_NOT_FOUND'],
  })
  async decide(
    @Param('id') id: string,
    @Body(checkedBody(ClassBody)) body: ClassBody,
    @CallerOf() caller: Caller,
    @TraceOf() trace: string,
  ) {
    const { customer } = await findCustomer(this.customers, id);
    const override = {
      customerId: customer.id,
      class: body.class,
      reason: body.reason,
      decidedBy: actorOf(caller),
      decidedAt: instantOf(this.clock.now()),
    };
    const before = await this.insights.classOverride(customer.id);
    await this.insights.saveClassOverride(override);
    await this.change.record({ caller, trace }, 'PUT /customers/{id}/class', customer.id, {
      before: before ? { class: before.class } : null,
      after: { class: body.class },
    });
    return classOverrideView(override);
  }

  @Delete('customers/:id/class')
  @Endpoint({
    summary: "Take a person's decision on the class back",
    description: 'The one that counts: of the customer, otherwise the latest of those that were merged into it.',
    status: 204,
    problems: ['CUSTOMER_NOT_FOUND', 'CLASS_NOT_FOUND'],
  })
  async revoke(@Param('id') id: string, @CallerOf() caller: Caller, @TraceOf() trace: string): Promise<void> {
    const { customer } = await findCustomer(this.customers, id);
    const before = await this.insights.classOverride(customer.id);
    if (!before || !(await this.insights.removeClassOverride(customer.id)))
      throw requestError('CLASS_NOT_FOUND', 'Nobody decided on the class of this customer.', 'id');
    await this.change.record({ caller, trace }, 'DELETE /customers/{id}/class', customer.id, {
      before: { class: before.class },
      after: null,
    });
  }
}
