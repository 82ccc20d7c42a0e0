import { Body, Controller, Headers, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../access/caller';
import { CallerOf, TraceOf } from '../access/caller';
import { Endpoint } from '../http/endpoint.decorator';
import { jsonArrayElements, lines } from '../http/json-array';
import { INGEST_FRONT_DOOR, type IngestFrontDoor } from '../ports/commands.port';
import { requestError } from '../problem/problem';
import { RecordChange } from '../use-cases/record-change';

@ApiTags('ingest')
@Controller('ingest')
export class IngestController {
  constructor(
    @Inject(INGEST_FRONT_DOOR) private readonly door: IngestFrontDoor,
    private readonly change: RecordChange,
  ) {}

  @Post(':system')
  @ApiConsumes('application/x-ndjson', 'application/json')
  @ApiBody({ description: 'Change events: one a line, or a JSON array.', schema: { type: 'string' } })
  @Endpoint({
    summary: 'Bring change events of a system; they go to its topics as if a connector had brought them',
    status: 202,
    answers: 'IngestResult',
    problems: ['BAD_BODY', 'SYSTEM_NOT_FOUND', 'BODY_TOO_LARGE', 'MEDIA_TYPE', 'INGEST_BEHIND'],
  })
  async ingest(
    @Param('system') system: string,
    @Headers('content-type') type: string | undefined,
    @Body() body: unknown,
    @CallerOf() caller: Caller,
    @TraceOf() trace: string,
  ) {
    if (!Buffer.isBuffer(body)) throw requestError('BAD_BODY', 'The body is empty.');
    const events = type?.startsWith('application/json') ? jsonArrayElements(body) : lines(body);
    const counts = await this.door.accept(system, events);
    await this.change.record({ caller, trace }, 'POST /ingest/{system}', system, { ...counts });
    return counts;
  }
}
