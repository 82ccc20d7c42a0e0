import { Body, Controller, Delete, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { CLOCK, instantOf, type Clock } from '../../shared/clock';
import type { ApiKey } from '../access/api-key';
import type { Caller } from '../access/caller';
import { CallerOf, TraceOf } from '../access/caller';
import { ROLES, type Role } from '../access/roles';
import { checkedBody } from '../http/checked.pipe';
import { Endpoint } from '../http/endpoint.decorator';
import { MomentField, RequiredChoice, RequiredText } from '../http/query-fields';
import { API_KEY_STORE, type ApiKeyStore } from '../ports/access-store.port';
import { requestError } from '../problem/problem';
import { IssueApiKey } from '../use-cases/issue-api-key';
import { RecordChange } from '../use-cases/record-change';

class NewApiKey {
  @RequiredText('What it is for.')
  name!: string;

  @RequiredChoice(ROLES, 'What it may do.')
  role!: Role;

  @MomentField('End; absent = until it is revoked.')
  expires_at?: string;
}

const HOUR_MS = 3_600_000;
const LONGEST_OVERLAP = 720;

class RotateApiKey {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: LONGEST_OVERLAP,
    default: 24,
    description: 'Hours for which the old key holds beside the new one; 0 = it ends at once.',
  })
  @IsInt({ message: `$property must be a whole number from 0 to ${LONGEST_OVERLAP}` })
  @Min(0, { message: `$property must be a whole number from 0 to ${LONGEST_OVERLAP}` })
  @Max(LONGEST_OVERLAP, { message: `$property must be a whole number from 0 to ${LONGEST_OVERLAP}` })
  overlap_hours: number = 24;

  @MomentField('End of the new key; absent = it lives as long as the old one was made to live.')
  expires_at?: string;
}

@ApiTags('access')
@Controller()
export class AccessController {
  constructor(
    @Inject(API_KEY_STORE) private readonly keys: ApiKeyStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly issueApiKey: IssueApiKey,
    private readonly change: RecordChange,
  ) {}

  @Get('me')
  @Endpoint({ summary: 'The key that makes the request', answers: 'Me' })
  me(@CallerOf() { keyId, name, role }: Caller) {
    return { key_id: keyId, name, role };
  }

  @Get('api-keys')
  @Endpoint({ summary: 'API keys, without the keys themselves', answers: 'ApiKeys' })
  async list() {
    return { items: (await this.keys.list()).map(apiKeyView) };
  }

  @Post('api-keys')
  @Endpoint({
    summary: 'Make an API key; shown this once',
    status: 201,
    answers: 'ApiKeyCreated',
    problems: ['BAD_BODY'],
  })
  async create(@Body(checkedBody(NewApiKey)) body: NewApiKey, @CallerOf() caller: Caller, @TraceOf() trace: string) {
    const expiresAt = body.expires_at === undefined ? null : instantOf(Date.parse(body.expires_at));
    const { stored, key } = await this.issueApiKey.issue({ name: body.name, role: body.role, expiresAt });
    await this.change.record({ caller, trace }, 'POST /api-keys', stored.id, { after: auditView(stored) });
    return { ...apiKeyView(stored), key };
  }

  @Post('api-keys/:id/rotate')
  @Endpoint({
    summary: 'Make a key in the place of another; shown this once',
    description: 'Same name and role. The other key ends after the overlap, in which both hold.',
    status: 201,
    answers: 'ApiKeyCreated',
    problems: ['BAD_BODY', 'API_KEY_NOT_FOUND'],
  })
  async rotate(
    @Param('id') id: string,
    @Body(checkedBody(RotateApiKey)) body: RotateApiKey,
    @CallerOf() caller: Caller,
    @TraceOf() trace: string,
  ) {
    const expiresAt = body.expires_at === undefined ? undefined : instantOf(Date.parse(body.expires_at));
    const { old, stored, key } = await this.issueApiKey.rotate(id, body.overlap_hours * HOUR_MS, expiresAt);
    await this.change.record({ caller, trace }, 'POST /api-keys/{id}/rotate', id, {
      overlap_hours: body.overlap_hours,
      before: auditView(old),
      after: { ...auditView(stored), id: stored.id },
    });
    return { ...apiKeyView(stored), key };
  }

  @Delete('api-keys/:id')
  @Endpoint({ summary: 'Revoke an API key', status: 204, problems: ['API_KEY_NOT_FOUND'] })
  async revoke(@Param('id') id: string, @CallerOf() caller: Caller, @TraceOf() trace: string): Promise<void> {
    const before = await this.keys.find(id);
    const revokedAt = instantOf(this.clock.now());
    if (!before || !(await this.keys.revoke(id, revokedAt))) {
      throw requestError('API_KEY_NOT_FOUND', 'No API key in force has this id.', 'id');
    }
    const after = { ...auditView(before), revoked_at: revokedAt };
    await this.change.record({ caller, trace }, 'DELETE /api-keys/{id}', id, { before: auditView(before), after });
  }
}

function apiKeyView({ id, name, role, createdAt, expiresAt, revokedAt }: ApiKey) {
  return { id, name, role, created_at: createdAt, expires_at: expiresAt, revoked_at: revokedAt };
}

/** What the audit says of a key: nothing from which it could be found. */
function auditView({ name, role, expiresAt, revokedAt }: ApiKey) {
  return { name, role, expires_at: expiresAt, revoked_at: revokedAt };
}
