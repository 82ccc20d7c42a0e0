import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { ERROR_CLASSES } from '@syncline/contracts';
import type { ErrorClass } from '@syncline/model';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, IsString } from 'class-validator';
import { DEAD_LETTER_STORE, type DeadLetterStatus, type DeadLetterStore } from '../../ingest/ingest-store.port';
import { CLOCK, instantOf, type Clock } from '../../shared/clock';
import type { Caller } from '../access/caller';
import { CallerOf, TraceOf } from '../access/caller';
import { checkedBody, checkedQuery } from '../http/checked.pipe';
import { Endpoint } from '../http/endpoint.decorator';
import { ChoiceField, FlagField, MAX_LIMIT, PageQuery, TextField } from '../http/query-fields';
import { decodeCursor } from '../paging/cursor';
import { pageOf, queryName } from '../paging/page';
import { DEAD_LETTER_REPLAY, type DeadLetterReplay } from '../ports/commands.port';
import { DEAD_LETTER_QUERIES, type DeadLetterQueries } from '../ports/dead-letter-queries.port';
import { requestError } from '../problem/problem';
import { RecordChange } from '../use-cases/record-change';
import { deadLetterDetail, deadLetterView, replayView } from '../views/dead-letter-view';

class DeadLetterListQuery extends PageQuery {
  @ChoiceField(['open', 'replaying', 'resolved', 'discarded'], 'What became of it. Default: all.')
  status?: DeadLetterStatus;

  @TextField('System.')
  system?: string;

  @TextField('Topic.')
  topic?: string;

  @TextField('Error code.')
  code?: string;

  @ChoiceField(ERROR_CLASSES, 'Class of the failure.')
  class?: ErrorClass;
}

class DryRunQuery {
  @FlagField('Default false. true: only tells what would come of it.')
  dry_run: boolean = false;
}

class ReplayBody {
  @ApiPropertyOptional({ type: [String], description: 'Ids of dead letters; or give `key`.' })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LIMIT)
  @IsString({ each: true })
  ids?: string[];

  @TextField('A parking key: all its open dead letters, in their order.')
  key?: string;
}

class DiscardBody {
  @ApiProperty({ type: [String], description: 'Ids of dead letters.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LIMIT)
  @IsString({ each: true })
  ids!: string[];
}

@ApiTags('dead letters')
@Controller('dead-letters')
export class DeadLettersController {
  constructor(
    @Inject(DEAD_LETTER_QUERIES) private readonly queries: DeadLetterQueries,
    @Inject(DEAD_LETTER_STORE) private readonly store: DeadLetterStore,
    @Inject(DEAD_LETTER_REPLAY) private readonly replays: DeadLetterReplay,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly change: RecordChange,
  ) {}

  @Get()
  @Endpoint({
    summary: 'Messages that could not be handled, the newest first',
    answers: 'DeadLetterPage',
    problems: ['BAD_QUERY', 'BAD_CURSOR'],
  })
  async list(@Query(checkedQuery(DeadLetterListQuery)) query: DeadLetterListQuery) {
    const name = queryName('dead-letters', query);
    const place = query.cursor === undefined ? null : decodeCursor(name, query.cursor, 2);
    const after = place && { firstFailedAt: String(place[0]), id: String(place[1]) };
    const { status, system, topic, code } = query;
    const rows = await this.queries.page({ status, system, topic, code, class: query.class }, after, query.limit + 1);
    return pageOf(name, rows, query.limit, ({ firstFailedAt, id }) => [firstFailedAt, id], deadLetterView);
  }

  @Get(':topic/:partition/:offset')
  @Endpoint({
    summary: 'A dead letter',
    description: 'Operators also get the original headers, key and value, byte for byte.',
    answers: 'DeadLetter',
    problems: ['DEAD_LETTER_NOT_FOUND'],
  })
  async show(
    @Param('topic') topic: string,
    @Param('partition') partition: string,
    @Param('offset') offset: string,
    @CallerOf() caller: Caller,
  ) {
    const [letter] = await this.store.find([`${topic}/${partition}/${offset}`]);
    if (!letter) throw requestError('DEAD_LETTER_NOT_FOUND', 'There is no such dead letter.');
    return deadLetterDetail(letter, caller.role);
  }

  @Post('replay')
  @Endpoint({
    summary: 'Handle dead letters again with the present mapping',
    answers: 'ReplayResult',
    problems: ['BAD_BODY', 'BAD_QUERY'],
  })
  async replay(
    @Body(checkedBody(ReplayBody)) { ids, key }: ReplayBody,
    @Query(checkedQuery(DryRunQuery)) { dry_run: dryRun }: DryRunQuery,
    @CallerOf() caller: Caller,
    @TraceOf() trace: string,
  ) {
    if ((ids === undefined) === (key === undefined))
      throw requestError('BAD_BODY', 'Give either ids or key.', 'ids, key');
    const results = await this.replays.replay({ ids, parkingKey: key, dryRun, at: instantOf(this.clock.now()) });
    if (!dryRun)
      await this.change.record({ caller, trace }, 'POST /dead-letters/replay', subjectOf(ids), {
        count: results.length,
        ids: results.map(({ id }) => id),
      });
    return { dry_run: dryRun, results: results.map((result) => replayView(result, caller.role)) };
  }

  @Post('discard')
  @Endpoint({ summary: 'Give dead letters up', answers: 'DiscardResult', problems: ['BAD_BODY'] })
  async discard(
    @Body(checkedBody(DiscardBody)) { ids }: DiscardBody,
    @CallerOf() caller: Caller,
    @TraceOf() trace: string,
  ) {
    const discarded = await this.replays.discard(ids, instantOf(this.clock.now()));
    await this.change.record({ caller, trace }, 'POST /dead-letters/discard', subjectOf(ids), { discarded });
    return { discarded };
  }
}

/** One id stands for itself; a parking key can hold personal data and is not written down. */
function subjectOf(ids: string[] | undefined): string {
  return ids === undefined ? 'dead letters of a key' : ids.length === 1 ? ids[0] : `${ids.length} dead letters`;
}
