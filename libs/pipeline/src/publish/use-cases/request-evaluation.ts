import { Inject, Injectable } from '@nestjs/common';
import { isAsked } from '../../insight/insight-calendar';
import { INSIGHT_REQUESTS, type InsightRequests } from '../../insight/insight-store.port';
import { CLOCK, instantOf, type Clock } from '../../shared/clock';
import { INSIGHT_QUERIES, type InsightQueries } from '../ports/insight-queries.port';
import { evaluationView } from '../views/insight-view';

/** Asks for an evaluation of all customers; the calendar of insight, in whichever process, carries it out. */
@Injectable()
export class RequestEvaluation {
  constructor(
    @Inject(INSIGHT_REQUESTS) private readonly requests: InsightRequests,
    @Inject(INSIGHT_QUERIES) private readonly insights: InsightQueries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async state() {
    const asOf = this.clock.today();
    const [last, requestedAt] = await Promise.all([this.insights.lastRun(), this.requests.requestedAt(asOf)]);
    return evaluationView(asOf, last, requestedAt);
  }

  /** For the business day; a request that waits already is not made anew. */
  async request() {
    const asOf = this.clock.today();
    const [last, requestedAt] = await Promise.all([this.insights.lastRun(), this.requests.requestedAt(asOf)]);
    if (!isAsked(last, asOf, requestedAt)) await this.requests.request(asOf, instantOf(this.clock.now()));
    return this.state();
  }
}
