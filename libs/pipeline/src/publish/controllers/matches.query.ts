import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsISO8601, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { AccountRef } from '../../reconcile/reconcile-store.port';
import { FlagField, PageQuery, RequiredText, TextField } from '../http/query-fields';

const ACCOUNT = /^[^/]+\/.+$/;
const MESSAGE = { message: '$property must be an account like erp/12' };

export class MatchListQuery extends PageQuery {
  @TextField('Only those that this person looks at.')
  assignee?: string;

  @FlagField('Those that were put off, too.')
  deferred?: boolean;
}

export class PairQuery {
  @RequiredText('An account, `<system>/<key>`.')
  @Matches(ACCOUNT, MESSAGE)
  a!: string;

  @RequiredText('Another account, `<system>/<key>`.')
  @Matches(ACCOUNT, MESSAGE)
  b!: string;
}

export class DecideMatchBody extends PairQuery {
  @RequiredText('Why. Nothing personal: everybody who may read decisions reads it.')
  reason!: string;
}

export class DeferMatchBody extends PairQuery {
  @ApiProperty({ type: String, format: 'date-time', description: 'When it is shown again.' })
  @IsISO8601({ strict: true }, { message: '$property must be a moment like 2026-11-20T08:00:00Z' })
  until!: string;
}

export class AssignMatchBody extends PairQuery {
  @ApiPropertyOptional({ type: String, nullable: true, description: 'Who looks at it; absent or null = nobody.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Transform(({ value }: { value: unknown }) => (value === '' ? null : value))
  assignee?: string | null;
}

/** The accounts of a pair as they are written. */
export function pairOf({ a, b }: PairQuery): { a: AccountRef; b: AccountRef } {
  return { a: accountOf(a), b: accountOf(b) };
}

function accountOf(text: string): AccountRef {
  const at = text.indexOf('/');
  return { system: text.slice(0, at), key: text.slice(at + 1) };
}
