import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CLOCK, instantOf, type Clock } from '../../shared/clock';
import { actorOf, CallerOf, TraceOf, type Caller } from '../access/caller';
import { checkedBody, checkedQuery } from '../http/checked.pipe';
import { Endpoint } from '../http/endpoint.decorator';
import { decodeCursor } from '../paging/cursor';
import { pageOf, queryName } from '../paging/page';
import { MATCH_QUERIES, type MatchPlace, type MatchQueries, type MatchTask } from '../ports/match-queries.port';
import { ExplainMatch } from '../use-cases/explain-match';
import { RecordChange } from '../use-cases/record-change';
import { ReviewMatches } from '../use-cases/review-matches';
import { matchExplanationView, waitingMatchView } from '../views/match-view';
import { decisionView } from '../views/decision-view';
import { AssignMatchBody, DecideMatchBody, DeferMatchBody, MatchListQuery, pairOf, PairQuery } from './matches.query';

const DECIDED = ['BAD_BODY', 'ACCOUNT_NOT_FOUND', 'MATCH_DECIDED'] as const;
const NOTED = ['BAD_BODY', 'ACCOUNT_NOT_FOUND'] as const;

@ApiTags('identity')
@Controller('matches')
export class MatchesController {
  constructor(
    @Inject(MATCH_QUERIES) private readonly queries: MatchQueries,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly explanations: ExplainMatch,
    private readonly review: ReviewMatches,
    private readonly change: RecordChange,
  ) {}

  @Get()
  @Endpoint({
    summary: 'Pairs of accounts that a person has to decide on, the likeliest first',
    description: 'Each with both records side by side and what speaks for and against.',
    answers: 'MatchPage',
    problems: ['BAD_QUERY', 'BAD_CURSOR'],
  })
  async list(@Query(checkedQuery(MatchListQuery)) query: MatchListQuery) {
    const name = queryName('matches', query);
    const after = query.cursor === undefined ? null : placeOf(decodeCursor(name, query.cursor, 5));
    const dueAt = query.deferred ? {} : { dueAt: instantOf(this.clock.now()) };
    const assignee = query.assignee === undefined ? {} : { assignee: query.assignee };
    const rows = await this.queries.waiting({ ...dueAt, ...assignee }, after, query.limit + 1);
    return pageOf(
      name,
      rows,
      query.limit,
      ({ weight, a, b }) => [weight, a.system, a.key, b.system, b.key],
      (row) => waitingMatchView(row, this.explanations.compare(row.a, row.b)),
    );
  }

  @Get('why')
  @Endpoint({
    summary: 'Why two accounts are one customer, or are not',
    answers: 'MatchExplanation',
    problems: ['BAD_QUERY', 'ACCOUNT_NOT_FOUND'],
  })
  async why(@Query(checkedQuery(PairQuery)) query: PairQuery) {
    const { a, b } = pairOf(query);
    return matchExplanationView(await this.explanations.explain(a, b));
  }

  @Post('confirm')
  @Endpoint({
    summary: 'The two accounts are one customer',
    description: 'A decision like any other: it outlives every rerun and can be taken back.',
    status: 202,
    answers: 'IdentityDecision',
    problems: DECIDED,
  })
  confirm(
    @Body(checkedBody(DecideMatchBody)) body: DecideMatchBody,
    @CallerOf() caller: Caller,
    @TraceOf() trace: string,
  ) {
    return this.decided('confirm', body, caller, trace);
  }

  @Post('reject')
  @Endpoint({
    summary: 'The two accounts are not one customer',
    status: 202,
    answers: 'IdentityDecision',
    problems: DECIDED,
  })
  reject(
    @Body(checkedBody(DecideMatchBody)) body: DecideMatchBody,
    @CallerOf() caller: Caller,
    @TraceOf() trace: string,
  ) {
    return this.decided('reject', body, caller, trace);
  }

  @Post('defer')
  @Endpoint({ summary: 'Show a pair again later', answers: 'MatchTask', problems: NOTED })
  async defer(
    @Body(checkedBody(DeferMatchBody)) body: DeferMatchBody,
    @CallerOf() caller: Caller,
    @TraceOf() trace: string,
  ) {
    const { before, after } = await this.review.defer(pairOf(body), body.until, actorOf(caller));
    return this.noted('defer', body, { before, after }, { caller, trace });
  }

  @Post('assign')
  @Endpoint({ summary: 'Who looks at a pair', answers: 'MatchTask', problems: NOTED })
  async assign(
    @Body(checkedBody(AssignMatchBody)) body: AssignMatchBody,
    @CallerOf() caller: Caller,
    @TraceOf() trace: string,
  ) {
    const { before, after } = await this.review.assign(pairOf(body), body.assignee ?? null, actorOf(caller));
    return this.noted('assign', body, { before, after }, { caller, trace });
  }

  private async decided(action: 'confirm' | 'reject', body: DecideMatchBody, caller: Caller, trace: string) {
    const verdict = action === 'confirm' ? 'same' : 'different';
    const decision = await this.review.decide(pairOf(body), verdict, body.reason, actorOf(caller));
    await this.change.record({ caller, trace }, `POST /matches/${action}`, `${body.a} ${body.b}`, {
      decisions: [decision.id],
      before: null,
      after: { verdict },
    });
    return decisionView(decision);
  }

  private async noted(
    action: 'defer' | 'assign',
    pair: PairQuery,
    { before, after }: { before: MatchTask | null; after: MatchTask },
    by: { caller: Caller; trace: string },
  ) {
    const details = { before: before && taskView(before), after: taskView(after) };
    await this.change.record(by, `POST /matches/${action}`, `${pair.a} ${pair.b}`, details);
    return { a: after.a, b: after.b, ...taskView(after) };
  }
}

function taskView({ assignee, deferredUntil }: MatchTask) {
  return { assignee, deferred_until: deferredUntil };
}

function placeOf([weight, aSystem, aKey, bSystem, bKey]: readonly (string | number | null)[]): MatchPlace {
  const account = (system: unknown, key: unknown) => ({ system: String(system), key: String(key) });
  return { weight: Number(weight), a: account(aSystem, aKey), b: account(bSystem, bKey) };
}
