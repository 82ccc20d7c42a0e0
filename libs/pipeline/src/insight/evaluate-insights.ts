import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  curvePoints,
  customerBase,
  HISTORY_DAYS,
  insightOf,
  measureCustomer,
  type AlertChanges,
  type CustomerBase,
  type CustomerInsight,
  type CustomerMeasures,
  type InsightPolicy,
} from '@syncline/analytics';
import { customerAlertEvent, type EventMessage } from '@syncline/contracts';
import type { CreditPolicy } from '@syncline/credit';
import { addDays, type LocalDate } from '@syncline/model';
import { converterInto } from '@syncline/receivables';
import type { PolicyInForce } from '../rate/policy-in-force';
import { instantOf, type Clock } from '../shared/clock';
import type { StageMetrics } from '../shared/stage-metrics.port';
import type { SystemDescription } from '../shared/system';
import { TOPICS } from '../shared/topics';
import { insightPolicyOf } from './insight-policy';
import type { InsightExtent, InsightStore, InsightTx } from './insight-store.port';

/** Customers that are read, and written in one transaction, at a time. */
const PAGE = 200;
const CURVE_POINTS = 100;
const CONSULTATION_DAYS = 364;

export interface InsightEvaluationParts {
  store: InsightStore;
  /** The policy in force on the day that is evaluated. */
  policies: Pick<PolicyInForce, 'inForce'>;
  /** The connected systems; their currencies are those of their ledgers. */
  systems: readonly Pick<SystemDescription, 'name' | 'currency'>[];
  clock: Clock;
  metrics: StageMetrics;
  /** Called after each commit: the outbox may have something. */
  afterCommit(): void;
}

export interface InsightOutcome {
  evaluated: number;
  /** Alerts raised or ended. */
  changed: number;
}

/** What one evaluation goes by. */
interface EvaluatedDay {
  asOf: LocalDate;
  policy: InsightPolicy;
  /** The credit policy that it is part of. */
  source: CreditPolicy['policy'];
}

const NOTHING: InsightOutcome = { evaluated: 0, changed: 0 };

/**
 * Evaluates all customers as of a day: measures each of them, judges them together, then keeps what was found and
 * publishes the alerts that began or ended. Percentiles and P(alive) need everybody, so this is a run over all
 * customers and never part of handling an event. Cut short or run twice, the same day gives the same insight and no
 * alert a second time: alerts are compared with those that are kept, in the transaction that keeps them.
 */
export class EvaluateInsights {
  private readonly systemCurrencies: Readonly<Record<string, string>>;

  constructor(private readonly parts: InsightEvaluationParts) {
    this.systemCurrencies = Object.fromEntries(parts.systems.map(({ name, currency }) => [name, currency]));
  }

  /** Stops between two pages once `signal` aborts; does nothing while another process evaluates. */
  async run(asOf: LocalDate, signal?: AbortSignal): Promise<InsightOutcome> {
    const policy = await this.parts.policies.inForce(asOf);
    const day = { asOf, policy: insightPolicyOf(policy), source: policy.policy };
    return (await this.parts.store.exclusively(() => this.evaluate(day, signal))) ?? NOTHING;
  }

  private async evaluate(day: EvaluatedDay, signal?: AbortSignal): Promise<InsightOutcome> {
    const { store, metrics } = this.parts;
    const extent = await store.extent();
    const measures = await this.measureAll(day, signal);
    if (measures === null) return NOTHING;
    const base = customerBase(measures, day.policy);
    const total = { evaluated: 0, changed: 0 };
    for (let start = 0; start < measures.length; start += PAGE) {
      if (signal?.aborted) return total;
      const page = measures.slice(start, start + PAGE);
      total.changed += await this.keep((tx) => this.judge(tx, page, base, day));
      total.evaluated += page.length;
      metrics.count('syncline_insights_evaluated_total', {}, page.length);
      await nextTurn();
    }
    total.changed += await this.forget(day, signal);
    if (!signal?.aborted) await this.complete(day, extent, base);
    return total;
  }

  /** Null when it was cut short. */
  private async measureAll({ asOf, policy }: EvaluatedDay, signal?: AbortSignal): Promise<CustomerMeasures[] | null> {
    const { store } = this.parts;
    const converter = converterInto(policy.currency, await store.rates(), this.systemCurrencies, asOf);
    const days = { asOf, since: addDays(asOf, -HISTORY_DAYS), consultedSince: addDays(asOf, -CONSULTATION_DAYS) };
    const measures: CustomerMeasures[] = [];
    for (let after = ''; ;) {
      if (signal?.aborted) return null;
      const ids = await store.customers(PAGE, after);
      const last = ids.at(-1);
      if (last === undefined) return measures;
      after = last;
      const histories = await store.histories(ids, days);
      for (const history of histories) measures.push(measureCustomer(history, asOf, policy, converter));
      // Events are handled between two pages.
      await nextTurn();
    }
  }

  private async judge(tx: InsightTx, page: CustomerMeasures[], base: CustomerBase, day: EvaluatedDay): Promise<number> {
    const kept = new Map(
      (await tx.load(page.map(({ customerId }) => customerId))).map((each) => [each.customerId, each]),
    );
    const results = page.map((measures) =>
      insightOf(measures, base, kept.get(measures.customerId) ?? null, day.asOf, day.policy),
    );
    await tx.save(results.map(({ insight }) => insight));
    const level = (insight: CustomerInsight | undefined) => insight?.value?.level ?? null;
    const moved = results.filter(({ insight }) => level(insight) !== level(kept.get(insight.customerId)));
    await tx.rateAgain(moved.map(({ insight }) => insight.customerId));
    const messages = results.flatMap(({ insight, changes }) =>
      this.alertEvents(insight.customerId, kept.get(insight.customerId)?.alertSequence ?? 0, changes, day),
    );
    return this.publish(tx, messages);
  }

  /** Ends the alerts of those that are no customers any more, and keeps nothing of them. */
  private async forget(day: EvaluatedDay, signal?: AbortSignal): Promise<number> {
    let ended = 0;
    for (;;) {
      const ids = signal?.aborted ? [] : await this.parts.store.gone(PAGE);
      if (ids.length === 0) return ended;
      ended += await this.keep(async (tx) => {
        const messages = (await tx.load(ids)).flatMap(({ customerId, alertSequence, alerts }) =>
          this.alertEvents(customerId, alertSequence, { raised: [], ended: alerts }, day),
        );
        await tx.remove(ids);
        return this.publish(tx, messages);
      });
    }
  }

  private async complete({ asOf, policy }: EvaluatedDay, extent: InsightExtent, base: CustomerBase): Promise<void> {
    const { total, count, curve } = base.keyAccounts;
    const run = {
      asOf,
      completedAt: instantOf(this.parts.clock.now()),
      extent,
      currency: policy.currency,
      buyers: base.customers,
      pAlive: base.pAlive,
      keyAccounts: { total, count, share: policy.keyAccountShare, curve: curvePoints(curve, CURVE_POINTS) },
    };
    await this.parts.store.transact((tx) => tx.saveRun(run));
  }

  private async keep(work: (tx: InsightTx) => Promise<number>): Promise<number> {
    const changed = await this.parts.store.transact(work);
    if (changed > 0) this.parts.afterCommit();
    return changed;
  }

  private async publish(tx: InsightTx, messages: EventMessage[]): Promise<number> {
    if (messages.length > 0) await tx.outbox.append([{ topic: TOPICS.customerAlerts, messages }]);
    this.parts.metrics.count('syncline_customer_alerts_total', {}, messages.length);
    return messages.length;
  }

  /** Ended ones first: a subscriber sees what is over before what began. */
  private alertEvents(
    customerId: string,
    sequence: number,
    { raised, ended }: Pick<AlertChanges, 'raised' | 'ended'>,
    { asOf, source: { id: policy, version: policyVersion } }: EvaluatedDay,
  ): EventMessage[] {
    const at = instantOf(this.parts.clock.now());
    const all = [
      ...ended.map((alert) => ({ what: 'ended' as const, alert })),
      ...raised.map((alert) => ({ what: 'raised' as const, alert })),
    ];
    return all.map(({ what, alert }, index) =>
      customerAlertEvent(
        what,
        { ...alert, customerId, sequence: sequence + index + 1, asOf, policy, policyVersion },
        at,
      ),
    );
  }
}
