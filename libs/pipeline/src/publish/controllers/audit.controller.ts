import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { checkedQuery } from '../http/checked.pipe';
import { Endpoint } from '../http/endpoint.decorator';
import { PageQuery, TextField } from '../http/query-fields';
import { decodeCursor } from '../paging/cursor';
import { pageOf, queryName } from '../paging/page';
import { AUDIT_LOG, type AuditLog } from '../ports/access-store.port';
import { ReadAudit } from '../use-cases/read-audit';

class AuditQuery extends PageQuery {
  @TextField('Changes by this actor.')
  actor?: string;

  @TextField('Changes of this thing.')
  subject?: string;
}

const SEAL = /^(\d{1,15}):([0-9a-f]{64})$/;

class VerifyQuery {
  @ApiPropertyOptional({
    type: String,
    pattern: SEAL.source,
    description: 'The head of an earlier look, `id:hash`: it has to stand as it was.',
  })
  @IsOptional()
  @Matches(SEAL, { message: '$property must be a number, a colon and 64 hexadecimal digits' })
  expect?: string;
}

/** What was changed through the API. There is no way to change it here. */
@ApiTags('access')
@Controller('audit')
export class AuditController {
  constructor(
    @Inject(AUDIT_LOG) private readonly audit: AuditLog,
    private readonly read: ReadAudit,
  ) {}

  @Get()
  @Endpoint({
    summary: 'Changes made through the API, the newest first',
    answers: 'AuditPage',
    problems: ['BAD_QUERY', 'BAD_CURSOR'],
  })
  async changes(@Query(checkedQuery(AuditQuery)) query: AuditQuery) {
    const name = queryName('audit', query);
    const before = query.cursor === undefined ? null : Number(decodeCursor(name, query.cursor, 1)[0]);
    const rows = await this.audit.page({ actor: query.actor, subject: query.subject }, before, query.limit + 1);
    return pageOf(
      name,
      rows,
      query.limit,
      ({ id }) => [id],
      (entry) => entry,
    );
  }

  @Get('verify')
  @Endpoint({
    summary: 'Whether the audit is whole: each entry sealed over the one before it',
    description:
      'The head, noted elsewhere and given as `expect` later, shows that nothing was cut off or written anew.',
    answers: 'AuditVerdict',
    problems: ['BAD_QUERY'],
  })
  async verify(@Query(checkedQuery(VerifyQuery)) query: VerifyQuery) {
    const [, id, hash] = SEAL.exec(query.expect ?? '') ?? [];
    return this.read.verify(id === undefined || hash === undefined ? null : { id: Number(id), hash });
  }
}
