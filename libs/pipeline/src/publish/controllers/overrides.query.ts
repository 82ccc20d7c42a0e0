import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  OVERRIDE_KINDS,
  OVERRIDE_STATUSES,
  type OverrideKind,
  type OverrideProposal,
  type OverrideStatus,
} from '@syncline/credit';
import { HOLDS, type Hold, type LocalDate } from '@syncline/model';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { ChoiceField, DayField, DecimalField, RequiredChoice, TextField } from '../http/query-fields';

const LONGEST_TERM = 3_650;

export class ProposeOverrideBody {
  @RequiredChoice(OVERRIDE_KINDS, 'What kind of decision.')
  kind!: OverrideKind;

  @TextField('Grade instead of the computed one.')
  grade?: string;

  @ApiPropertyOptional({ type: 'integer', description: 'Payment term in days instead of the grade’s.' })
  @IsOptional()
  @IsInt({ message: '$property must be a whole number of days' })
  @Min(0, { message: '$property must be at least 0' })
  @Max(LONGEST_TERM, { message: `$property must be at most ${LONGEST_TERM}` })
  term_days?: number;

  @DecimalField('Limit in the policy’s currency.')
  limit?: string;

  @ChoiceField(HOLDS, 'Hold; of kind hold: new_orders or all.')
  hold?: Hold;

  @TextField('Why. Nothing personal: everybody who may read overrides reads it.')
  reason?: string;

  @TextField('Where the papers are: a document number or an address.')
  attachment?: string;

  @DayField('First day. Default: the business date.')
  valid_from?: string;

  @DayField('Last day. Only holds and group limits may do without.')
  valid_to?: string;
}

export class OverrideListQuery {
  @ChoiceField(OVERRIDE_STATUSES, 'Default proposed: those that wait for approval.')
  status: OverrideStatus = 'proposed';
}

/** A body as the proposal that it makes on a day. */
export function proposalOf(body: ProposeOverrideBody, today: LocalDate): OverrideProposal {
  return {
    kind: body.kind,
    grade: body.grade ?? null,
    termDays: body.term_days ?? null,
    limit: body.limit ?? null,
    hold: body.hold ?? null,
    reason: body.reason ?? null,
    attachment: body.attachment ?? null,
    validFrom: body.valid_from ?? today,
    validTo: body.valid_to ?? null,
  };
}
