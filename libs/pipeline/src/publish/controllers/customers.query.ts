import { IsOptional, Matches } from 'class-validator';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ALERT_RULES,
  CUSTOMER_CLASSES,
  STAGES,
  type AlertRule,
  type CustomerClass,
  type Stage,
} from '@syncline/analytics';
import { HOLDS, type Hold } from '@syncline/model';
import {
  ChoiceField,
  DayField,
  DecimalField,
  FlagField,
  MomentField,
  PageQuery,
  RequiredText,
  TextField,
} from '../http/query-fields';
import { CUSTOMER_SORTS, type CustomerFilter, type CustomerSort } from '../ports/customer-queries.port';

export class CustomerListQuery extends PageQuery {
  @TextField('Part of a name or code.')
  q?: string;

  @ApiPropertyOptional({ type: String, description: 'Grades, separated by commas.', example: 'AAA,AA' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.split(',').filter((grade) => grade !== '') : value,
  )
  @Matches(/^[^,]{1,16}$/, { each: true, message: '$property must be grades separated by commas' })
  grade?: string[];

  @ChoiceField(HOLDS, 'What is stopped.')
  hold?: Hold;

  @TextField('Has an account in this system.')
  system?: string;

  @DecimalField('Open total at least this.')
  min_open?: string;

  @DecimalField('Open total at most this.')
  max_open?: string;

  @FlagField('Has something open past its due date, as of the business date.')
  is_overdue?: boolean;

  @FlagField('Was rated.')
  has_rating?: boolean;

  @TextField('Value level of the policy, like A.')
  level?: string;

  @ChoiceField(STAGES, 'Stage in force.')
  stage?: Stage;

  @ChoiceField(Object.keys(ALERT_RULES), 'An alert that holds.')
  alarm?: AlertRule;

  @FlagField('Is one of the key accounts.')
  key_account?: boolean;

  @ChoiceField(CUSTOMER_CLASSES, 'Class: a person’s word on it, else what the evaluation found.')
  class?: CustomerClass;

  @FlagField('Makes a loss.')
  loss_making?: boolean;

  @DecimalField('The chance that it still buys is at most this, 0 to 1.')
  max_p_alive?: string;

  @ChoiceField(CUSTOMER_SORTS, 'What to sort by. Default name.')
  sort: CustomerSort = 'name';

  @ChoiceField(['asc', 'desc'], 'Default asc. Customers without a value come last in both.')
  direction: 'asc' | 'desc' = 'asc';
}

export function customerFilter(query: CustomerListQuery): CustomerFilter {
  return {
    q: query.q,
    grades: query.grade,
    hold: query.hold,
    system: query.system,
    minOpen: query.min_open,
    maxOpen: query.max_open,
    isOverdue: query.is_overdue,
    hasRating: query.has_rating,
    level: query.level,
    stage: query.stage,
    alarm: query.alarm,
    isKeyAccount: query.key_account,
    customerClass: query.class,
    isLossMaking: query.loss_making,
    maxPAlive: query.max_p_alive,
  };
}

export class AsOfQuery {
  @DayField('Day for aging and exposure. Default: the business date.')
  as_of?: string;
}

export class ReceivablesQuery extends PageQuery {
  @DayField('Day for aging. Default: the business date.')
  as_of?: string;

  @MomentField('As it was known at this moment. Default: now.')
  known_at?: string;

  @ChoiceField(['open', 'all'], 'Default open: items with something open on the day.')
  state: 'open' | 'all' = 'open';
}

export class OrdersQuery extends PageQuery {
  @ChoiceField(['open', 'all'], 'Default all; open: those not wholly invoiced.')
  state: 'open' | 'all' = 'all';
}

export class RatingQuery extends PageQuery {
  @DayField('Answers with the rating that held on this day. Default: the newest.')
  as_of?: string;

  @MomentField('As it was known at this moment.')
  known_at?: string;
}

export class ExplainQuery extends AsOfQuery {
  @RequiredText(
    '`attributes.<name>`, `receivables.open_total`, `receivables.aging.<bucket>`, `orders.open`, `rating.<grade|limit|term|hold|score>`, `rating.features.<name>`.',
  )
  path!: string;
}
