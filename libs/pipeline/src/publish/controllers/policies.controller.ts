import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';
import type { PolicyStatus } from '../../rate/credit-state.port';
import { CLOCK, type Clock } from '../../shared/clock';
import type { Caller } from '../access/caller';
import { CallerOf, TraceOf } from '../access/caller';
import { checkedBody } from '../http/checked.pipe';
import { Endpoint } from '../http/endpoint.decorator';
import { DecidePolicies } from '../use-cases/decide-policies';
import { ReadPolicies } from '../use-cases/read-policies';
import { RecordChange } from '../use-cases/record-change';
import { policyDiffView, policyView } from '../views/credit-view';

const LONGEST_POLICY = 500_000;
const MOST_MOVES = 10_000;
const DEFAULT_MOVES = 200;

class PolicyDiffBody {
  @ApiProperty({ type: String, description: 'Text of the policy file that is looked at.', maxLength: LONGEST_POLICY })
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_POLICY)
  policy!: string;

  @ApiPropertyOptional({ type: String, description: 'Text that it is compared with. Default: the policy in force.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_POLICY)
  base?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: MOST_MOVES, default: DEFAULT_MOVES })
  @IsInt({ message: `$property must be a whole number from 0 to ${MOST_MOVES}` })
  @Min(0)
  @Max(MOST_MOVES)
  moves: number = DEFAULT_MOVES;
}

@ApiTags('credit')
@Controller()
export class PoliciesController {
  constructor(
    private readonly read: ReadPolicies,
    private readonly decide: DecidePolicies,
    private readonly change: RecordChange,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('policies')
  @Endpoint({
    summary: 'The credit policies that there were, in the order in which they were put in place',
    description: 'One is in force. One that waits moves many customers and needs an administrator to approve it.',
    answers: 'Policies',
  })
  async list() {
    const { policies, inForce } = await this.read.list(this.clock.today());
    return { items: policies.map((policy) => policyView(policy, inForce)) };
  }

  @Post('policy/diff')
  @Endpoint({
    summary: 'Who would move by a policy: from what to what, why, and the exposure concerned',
    description: 'Both policies decide on today’s facts of all customers; nothing is written.',
    answers: 'PolicyDiff',
    problems: ['BAD_BODY', 'POLICY_INVALID', 'POLICY_NOT_FOUND'],
  })
  async diff(@Body(checkedBody(PolicyDiffBody)) { policy, base, moves }: PolicyDiffBody) {
    return policyDiffView(await this.decide.diff({ candidate: policy, base }, moves));
  }

  @Post('policies/:digest/approve')
  @Endpoint({
    summary: 'Let a waiting policy take effect at its date',
    answers: 'Policy',
    problems: ['POLICY_NOT_FOUND', 'POLICY_DECIDED'],
  })
  approve(@Param('digest') digest: string, @CallerOf() caller: Caller, @TraceOf() trace: string) {
    return this.decided(digest, 'accepted', 'approve', caller, trace);
  }

  @Post('policies/:digest/refuse')
  @Endpoint({
    summary: 'Refuse a waiting policy: the one before stays in force',
    answers: 'Policy',
    problems: ['POLICY_NOT_FOUND', 'POLICY_DECIDED'],
  })
  refuse(@Param('digest') digest: string, @CallerOf() caller: Caller, @TraceOf() trace: string) {
    return this.decided(digest, 'refused', 'refuse', caller, trace);
  }

  private async decided(
    digest: string,
    status: Exclude<PolicyStatus, 'waiting'>,
    action: string,
    caller: Caller,
    trace: string,
  ) {
    const policy = await this.decide.decide(digest, status, caller.name);
    const { id, version, impact } = policy;
    const details = {
      version,
      moved: impact?.moved,
      customers: impact?.customers,
      before: { status: 'waiting' },
      after: { status },
    };
    await this.change.record({ caller, trace }, `POST /policies/{digest}/${action}`, id, details);
    const { inForce } = await this.read.list(this.clock.today());
    return policyView(policy, inForce);
  }
}
