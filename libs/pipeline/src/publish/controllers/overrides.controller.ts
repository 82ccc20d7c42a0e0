import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CreditOverride } from '@syncline/credit';
import { OVERRIDE_STORE, type OverrideStore } from '../../rate/credit-state.port';
import { CLOCK, type Clock } from '../../shared/clock';
import type { Caller } from '../access/caller';
import { CallerOf, TraceOf } from '../access/caller';
import { checkedBody, checkedQuery } from '../http/checked.pipe';
import { Endpoint } from '../http/endpoint.decorator';
import { CUSTOMER_QUERIES, type CustomerQueries } from '../ports/customer-queries.port';
import { DecideOverrides } from '../use-cases/decide-overrides';
import { findCustomer } from '../use-cases/find-customer';
import { RecordChange } from '../use-cases/record-change';
import { overrideView } from '../views/credit-view';
import { OverrideListQuery, proposalOf, ProposeOverrideBody } from './overrides.query';

/** Overrides that a list shows. */
const LISTED = 200;

/** What an override is when it is decided on: nothing else can be. */
const STATUS_BEFORE = { approve: 'proposed', reject: 'proposed', revoke: 'approved' } as const;

const DECIDED = ['OVERRIDE_NOT_FOUND', 'OVERRIDE_DECIDED'] as const;

/** The audit says what was decided; the reason, which people write, stands with the override alone. */
function auditDetails({ id, kind, status, grade, termDays, limit, hold, validFrom, validTo }: CreditOverride) {
  return { id, kind, status, grade, term_days: termDays, limit, hold, valid_from: validFrom, valid_to: validTo };
}

@ApiTags('credit')
@Controller()
export class OverridesController {
  constructor(
    @Inject(OVERRIDE_STORE) private readonly overrides: OverrideStore,
    @Inject(CUSTOMER_QUERIES) private readonly customers: CustomerQueries,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly decide: DecideOverrides,
    private readonly change: RecordChange,
  ) {}

  @Get('customers/:id/overrides')
  @Endpoint({
    summary: 'What people decided on the credit of a customer, the newest first',
    answers: 'Overrides',
    problems: ['CUSTOMER_NOT_FOUND'],
  })
  async ofCustomer(@Param('id') id: string) {
    const { customer } = await findCustomer(this.customers, id);
    return { items: (await this.overrides.ofCustomer(customer.id)).map(overrideView) };
  }

  @Post('customers/:id/overrides')
  @Endpoint({
    summary: 'Propose an override, a hold or a temporary limit',
    description:
      'A hold, and a change of the limit below `override.auto_approve_delta`, acts at once; everything else waits for a second person.',
    status: 201,
    answers: 'Override',
    problems: ['BAD_BODY', 'CUSTOMER_NOT_FOUND', 'RATING_NOT_FOUND', 'OVERRIDE_REFUSED', 'POLICY_NOT_FOUND'],
  })
  async propose(
    @Param('id') id: string,
    @Body(checkedBody(ProposeOverrideBody)) body: ProposeOverrideBody,
    @CallerOf() caller: Caller,
    @TraceOf() trace: string,
  ) {
    const override = await this.decide.propose(id, proposalOf(body, this.clock.today()), caller.name);
    const details = { before: null, after: auditDetails(override) };
    await this.change.record({ caller, trace }, 'POST /customers/{id}/overrides', override.customerId, details);
    return overrideView(override);
  }

  @Get('overrides')
  @Endpoint({ summary: 'Overrides of a status, the newest first', answers: 'Overrides', problems: ['BAD_QUERY'] })
  async list(@Query(checkedQuery(OverrideListQuery)) { status }: OverrideListQuery) {
    return { items: (await this.overrides.withStatus(status, LISTED)).map(overrideView) };
  }

  @Post('overrides/:id/approve')
  @Endpoint({
    summary: 'Approve an override that another person proposed',
    answers: 'Override',
    problems: [...DECIDED, 'OVERRIDE_SAME_PERSON', 'OVERRIDE_REFUSED', 'RATING_NOT_FOUND', 'POLICY_NOT_FOUND'],
  })
  approve(@Param('id') id: string, @CallerOf() caller: Caller, @TraceOf() trace: string) {
    return this.decided('approve', this.decide.approve(id, caller.name), caller, trace);
  }

  @Post('overrides/:id/reject')
  @Endpoint({ summary: 'Reject a proposed override, or take it back', answers: 'Override', problems: DECIDED })
  reject(@Param('id') id: string, @CallerOf() caller: Caller, @TraceOf() trace: string) {
    return this.decided('reject', this.decide.reject(id, caller.name), caller, trace);
  }

  @Post('overrides/:id/revoke')
  @Endpoint({ summary: 'End an approved override at once', answers: 'Override', problems: DECIDED })
  revoke(@Param('id') id: string, @CallerOf() caller: Caller, @TraceOf() trace: string) {
    return this.decided('revoke', this.decide.revoke(id, caller.name), caller, trace);
  }

  private async decided(
    action: keyof typeof STATUS_BEFORE,
    deciding: Promise<CreditOverride>,
    caller: Caller,
    trace: string,
  ) {
    const override = await deciding;
    const details = { before: { status: STATUS_BEFORE[action] }, after: auditDetails(override) };
    await this.change.record({ caller, trace }, `POST /overrides/{id}/${action}`, override.customerId, details);
    return overrideView(override);
  }
}
