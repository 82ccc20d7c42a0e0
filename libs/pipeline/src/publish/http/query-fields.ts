import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { canonicalDecimal, isLocalDate } from '@syncline/model';
import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
} from 'class-validator';

/** The most rows of one page. */
export const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;
const MAX_TEXT = 500;

const DECIMAL = /^-?\d{1,18}(\.\d{1,10})?$/;

/** Optional text. */
export const TextField = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: String, description, maxLength: MAX_TEXT }),
    IsOptional(),
    IsString(),
    MaxLength(MAX_TEXT),
  );

/** Optional moment, ISO 8601. */
export const MomentField = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: String, format: 'date-time', description }),
    IsOptional(),
    IsISO8601({ strict: true }, { message: '$property must be a moment like 2026-11-20T08:00:00Z' }),
  );

/** Text that must be there. */
export const RequiredText = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, description, maxLength: MAX_TEXT }),
    IsString(),
    MinLength(1),
    MaxLength(MAX_TEXT),
  );

/** Optional, one of `values`. */
export const ChoiceField = (values: readonly string[], description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ enum: [...values], description }),
    IsOptional(),
    IsIn([...values], { message: `$property must be one of ${values.join(', ')}` }),
  );

/** One of `values`, must be there. */
export const RequiredChoice = (values: readonly string[], description: string): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ enum: [...values], description }),
    IsIn([...values], { message: `$property must be one of ${values.join(', ')}` }),
  );

/** Optional exact decimal, as text. */
export const DecimalField = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: String, description, example: '1000.00' }),
    IsOptional(),
    Matches(DECIMAL, { message: '$property must be a decimal like 1000.00' }),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && DECIMAL.test(value) ? canonicalDecimal(value) : value,
    ),
  );

/** Optional `true` or `false`. */
export const FlagField = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: Boolean, description }),
    IsOptional(),
    IsBoolean({ message: '$property must be true or false' }),
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
  );

/** Optional calendar day. */
export const DayField = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: String, format: 'date', description }),
    IsOptional(),
    ValidateBy({
      name: 'isLocalDate',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isLocalDate(value),
        defaultMessage: () => '$property must be a day like 2026-11-20',
      },
    }),
  );

/** Rows of a page: 1 to 200, default 50. */
export const LimitField = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT }),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
    ),
    IsInt({ message: `$property must be a whole number from 1 to ${MAX_LIMIT}` }),
    Min(1, { message: `$property must be a whole number from 1 to ${MAX_LIMIT}` }),
    Max(MAX_LIMIT, { message: `$property must be a whole number from 1 to ${MAX_LIMIT}` }),
  );

/** What every list takes. */
export class PageQuery {
  @TextField('`next_cursor` of the page before.')
  cursor?: string;

  @LimitField()
  limit: number = DEFAULT_LIMIT;
}
