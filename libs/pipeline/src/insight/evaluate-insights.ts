import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  BuyerCollector,
  curvePoints,
  customerBase,
  HISTORY_DAYS,
  insightOf,
  measureCustomer,
  type AlertChanges,
  type BaseFigures,
  type BaseOptions,
  type BuyerColumns,
  type CustomerAlert,
  type CustomerBase,
  type CustomerInsight,
  type CustomerMeasures,
  type InsightPolicy,
} from '@syncline/analytics';
import { customerAlertEvent, type EventMessage } from '@syncline/contracts';
import type { CreditPolicy } from '@syncline/credit';
import { addDays, type Instant, type LocalDate } from '@syncline/model';
import { converterInto } from '@syncline/receivables';
import type { PolicyInForce } from '../rate/policy-in-force';
import { instantOf, type Clock } from '../shared/clock';
import type { StageMetrics } from '../shared/stage-metrics.port';
import type { SystemDescription } from '../shared/system';
import { TOPICS } from '../shared/topics';
import { insightPolicyOf } from './insight-policy';
import type { GoneCustomer, InsightExtent, InsightStore, InsightTx } from './insight-store.port';
import { withoutProfits } from './masked-evidence';

/** Customers that are read, and written in one transaction, at a time. */
const PAGE = 200;
const CURVE_POINTS = 100;
const CONSULTATION_DAYS = 364;

/**
 * Works out what all customers together say: `baseFigures` of analytics, somewhere where it holds nobody up. The
 * columns are given away.
 */
export type CompareBuyers = (buyers: BuyerColumns, options: BaseOptions, signal?: AbortSignal) => Promise<BaseFigures>;

export interface InsightEvaluationParts {
  store: InsightStore;
  compareBuyers: CompareBuyers;
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
  /** Whether events show profits. */
  showsAmounts: boolean;
}

/** What an evaluation found of all customers before it judges one of them. */
interface Measured {
  measures: CustomerMeasures[];
  base: CustomerBase;
  inherited: ReadonlyMap<string, CustomerAlert[]>;
}

const NOTHING: InsightOutcome = { evaluated: 0, changed: 0 };

/**
 * Evaluates all customers as of a day: measures each of them, judges them together, then keeps what was found and
 * publishes the alerts that began or ended. Percentiles and P(alive) need everybody, so this is a run over all
 * customers and never part of handling an event. Cut short or run twice, the same day gives the same insight and no
 * alert a second time: alerts are compared with those that are kept, in the transaction that keeps them. Other work
 * has its turn after every page; what takes longer at a stretch is done elsewhere.
 */
export class EvaluateInsights {
  private readonly systemCurrencies: Readonly<Record<string, string>>;

  constructor(private readonly parts: InsightEvaluationParts) {
    this.systemCurrencies = Object.fromEntries(parts.systems.map(({ name, currency }) => [name, currency]));
  }

  /** Stops between two pages once `signal` aborts; does nothing while another process evaluates. */
  async run(asOf: LocalDate, signal?: AbortSignal): Promise<InsightOutcome> {
    const policy = await this.parts.policies.inForce(asOf);
    const showsAmounts = policy.customerInsight?.amountsInEvents ?? false;
    const day = { asOf, policy: insightPolicyOf(policy), source: policy.policy, showsAmounts };
    return (await this.parts.store.exclusively(() => this.evaluate(day, signal))) ?? NOTHING;
  }

  private async evaluate(day: EvaluatedDay, signal?: AbortSignal): Promise<InsightOutcome> {
    const { store, metrics, clock } = this.parts;
    const startedAt = instantOf(clock.now());
    const extent = await store.extent();
    const measured = await this.measureAll(day, signal);
    if (measured === null) return NOTHING;
    const total = { evaluated: 0, changed: 0 };
    for (let start = 0; start < measured.measures.length; start += PAGE) {
      if (signal?.aborted) return total;
      const page = measured.measures.slice(start, start + PAGE);
      total.changed += await this.keep((tx) => this.judge(tx, page, measured, day));
      total.evaluated += page.length;
      metrics.count('syncline_insights_evaluated_total', {}, page.length);
      await nextTurn();
    }
    total.changed += await this.forget(day, signal);
    if (!signal?.aborted) await this.complete(day, startedAt, extent, measured.base);
    return total;
  }

  /** Null when it was cut short. */
  private async measureAll(day: EvaluatedDay, signal?: AbortSignal): Promise<Measured | null> {
    const { store, compareBuyers } = this.parts;
    const { asOf, policy } = day;
    const converter = converterInto(policy.currency, await store.rates(), this.systemCurrencies, asOf);
    const days = { asOf, since: addDays(asOf, -HISTORY_DAYS), consultedSince: addDays(asOf, -CONSULTATION_DAYS) };
    const measures: CustomerMeasures[] = [];
    const buyers = new BuyerCollector();
    for (let after: string | undefined = ''; after !== undefined;) {
      if (signal?.aborted) return null;
      const ids: string[] = await store.customers(PAGE, after);
      for (const history of ids.length > 0 ? await store.histories(ids, days) : []) {
        const measured = measureCustomer(history, asOf, policy, converter);
        measures.push(measured);
        buyers.add(measured);
      }
      after = ids.at(-1);
      await nextTurn();
    }
    const { pAliveMinCustomers, keyAccountShare } = policy;
    const options = { pAliveMinCustomers, keyAccountShare };
    const figures = await compareBuyers(buyers.columns(), options, signal).catch((error: unknown) => {
      if (signal?.aborted) return null;
      throw error;
    });
    if (figures === null) return null;
    return { measures, base: customerBase(figures, policy.value), inherited: await this.inheritedAlerts() };
  }

  /** The alerts of customers that were merged since, by the customer that has their accounts now. */
  private async inheritedAlerts(): Promise<Map<string, CustomerAlert[]>> {
    const alerts = new Map<string, CustomerAlert[]>();
    for (let after: string | undefined = ''; after !== undefined;) {
      const gone: GoneCustomer[] = await this.parts.store.gone(PAGE, after);
      for (const { insight, mergedInto } of gone)
        if (mergedInto !== null) alerts.set(mergedInto, [...(alerts.get(mergedInto) ?? []), ...insight.alerts]);
      after = gone.at(-1)?.insight.customerId;
    }
    return alerts;
  }

  private async judge(
    tx: InsightTx,
    page: CustomerMeasures[],
    { base, inherited }: Measured,
    day: EvaluatedDay,
  ): Promise<number> {
    const kept = new Map(
      (await tx.load(page.map(({ customerId }) => customerId))).map((each) => [each.customerId, each]),
    );
    const results = page.map((measures) => {
      const before = { previous: kept.get(measures.customerId) ?? null, inherited: inherited.get(measures.customerId) };
      return insightOf(measures, base, before, day.asOf, day.policy);
    });
    await tx.save(results.map(({ insight }) => insight));
    const level = (insight: CustomerInsight | undefined) => insight?.value?.level ?? null;
    const moved = results.filter(({ insight }) => level(insight) !== level(kept.get(insight.customerId)));
    await tx.rateAgain(moved.map(({ insight }) => insight.customerId));
    const messages = results.flatMap(({ insight, changes }) =>
      this.alertEvents(kept.get(insight.customerId) ?? { ...insight, alertSequence: 0 }, changes, day),
    );
    return this.publish(tx, messages);
  }

  /** Ends the alerts of those that are no customers any more, and keeps nothing of them. */
  private async forget(day: EvaluatedDay, signal?: AbortSignal): Promise<number> {
    let ended = 0;
    for (;;) {
      const gone = signal?.aborted ? [] : await this.parts.store.gone(PAGE, '');
      if (gone.length === 0) return ended;
      ended += await this.keep(async (tx) => {
        const messages = gone.flatMap(({ insight, mergedInto }) =>
          this.alertEvents(insight, { raised: [], ended: insight.alerts }, day, mergedInto),
        );
        await tx.remove(gone.map(({ insight }) => insight.customerId));
        return this.publish(tx, messages);
      });
    }
  }

  private async complete(
    { asOf, policy }: EvaluatedDay,
    startedAt: Instant,
    extent: InsightExtent,
    base: CustomerBase,
  ): Promise<void> {
    const { total, count, curve } = base.keyAccounts;
    const run = {
      asOf,
      startedAt,
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
    { customerId, alertSequence }: Pick<CustomerInsight, 'customerId' | 'alertSequence'>,
    { raised, ended }: Pick<AlertChanges, 'raised' | 'ended'>,
    day: EvaluatedDay,
    mergedInto: string | null = null,
  ): EventMessage[] {
    const at = instantOf(this.parts.clock.now());
    const { id: policy, version: policyVersion } = day.source;
    const all = [
      ...ended.map((alert) => ({ what: 'ended' as const, alert })),
      ...raised.map((alert) => ({ what: 'raised' as const, alert })),
    ];
    return all.map(({ what, alert }, index) => {
      const { rule, since, evidence, first = false } = alert;
      const sequence = alertSequence + index + 1;
      const own = { rule, since, first, evidence: day.showsAmounts ? evidence : withoutProfits(alert) };
      return customerAlertEvent(
        what,
        { customerId, sequence, ...own, asOf: day.asOf, mergedInto, policy, policyVersion },
        at,
      );
    });
  }
}
