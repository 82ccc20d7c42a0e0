import { Body, Controller, Delete, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsObject, ValidateNested } from 'class-validator';
import { CLOCK, instantOf, type Clock } from '../../shared/clock';
import type { Caller } from '../access/caller';
import { actorOf, CallerOf, TraceOf } from '../access/caller';
import { checkedBody } from '../http/checked.pipe';
import { Endpoint } from '../http/endpoint.decorator';
import { RequiredText } from '../http/query-fields';
import { IDENTITY_DECISIONS, type IdentityDecisions } from '../ports/commands.port';
import { requestError } from '../problem/problem';
import { DecideCustomers } from '../use-cases/decide-customers';
import { RecordChange } from '../use-cases/record-change';
import { decisionView } from '../views/decision-view';

class AccountName {
  @RequiredText('System.')
  system!: string;

  @RequiredText('Key of the account in that system.')
  key!: string;
}

class MergeBody {
  @RequiredText('Customer id.')
  a!: string;

  @RequiredText('Customer id of the same company.')
  b!: string;

  @RequiredText('Why they are the same.')
  reason!: string;
}

class SplitBody {
  @ApiProperty({ type: AccountName, description: 'The account that does not belong to this customer.' })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => AccountName)
  account!: AccountName;

  @RequiredText('Why it is another customer.')
  reason!: string;
}

/** Decisions that a list shows. */
const LISTED = 200;

@ApiTags('identity')
@Controller()
export class IdentityController {
  constructor(
    @Inject(IDENTITY_DECISIONS) private readonly decisions: IdentityDecisions,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly decide: DecideCustomers,
    private readonly change: RecordChange,
  ) {}

  @Get('identity-decisions')
  @Endpoint({ summary: "People's decisions on which accounts are one customer", answers: 'IdentityDecisions' })
  async list() {
    return { items: (await this.decisions.list(LISTED)).map(decisionView) };
  }

  @Post('customers/merge')
  @Endpoint({
    summary: 'Two customers are the same company',
    description: 'Adds a decision, which outlives every rerun and can be taken back. The older id stays.',
    status: 202,
    answers: 'DecisionList',
    problems: ['BAD_BODY', 'CUSTOMER_NOT_FOUND'],
  })
  async merge(@Body(checkedBody(MergeBody)) body: MergeBody, @CallerOf() caller: Caller, @TraceOf() trace: string) {
    const decisions = await this.decide.same(body.a, body.b, body.reason, actorOf(caller));
    const ids = decisions.map(({ id }) => id);
    await this.change.record({ caller, trace }, 'POST /customers/merge', `${body.a} ${body.b}`, {
      decisions: ids,
      before: null,
      after: { verdict: 'same' },
    });
    return { decisions: decisions.map(decisionView) };
  }

  @Post('customers/:id/split')
  @Endpoint({
    summary: 'An account of this customer is another company',
    description: 'Adds decisions that keep it apart from the other accounts; they can be taken back.',
    status: 202,
    answers: 'DecisionList',
    problems: ['BAD_BODY', 'CUSTOMER_NOT_FOUND', 'ACCOUNT_NOT_FOUND'],
  })
  async split(
    @Param('id') id: string,
    @Body(checkedBody(SplitBody)) body: SplitBody,
    @CallerOf() caller: Caller,
    @TraceOf() trace: string,
  ) {
    const decisions = await this.decide.different(id, body.account, body.reason, actorOf(caller));
    await this.change.record({ caller, trace }, 'POST /customers/{id}/split', id, {
      decisions: decisions.map((each) => each.id),
      before: null,
      after: { verdict: 'different', system: body.account.system },
    });
    return { decisions: decisions.map(decisionView) };
  }

  @Delete('identity-decisions/:id')
  @Endpoint({ summary: 'Take a decision back', answers: 'IdentityDecision', problems: ['DECISION_NOT_FOUND'] })
  async revoke(@Param('id') id: string, @CallerOf() caller: Caller, @TraceOf() trace: string) {
    const revoked = await this.decisions.revoke(id, actorOf(caller), instantOf(this.clock.now()));
    if (!revoked) throw requestError('DECISION_NOT_FOUND', 'No identity decision in force has this id.', 'id');
    await this.change.record({ caller, trace }, 'DELETE /identity-decisions/{id}', id, {
      before: { verdict: revoked.verdict },
      after: null,
    });
    return decisionView(revoked);
  }
}
