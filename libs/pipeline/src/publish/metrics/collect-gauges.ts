import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../shared/clock';
import { STAGE_METRICS, type MetricLabels, type StageMetrics } from '../../shared/stage-metrics.port';
import { CONNECTOR_CONTROL, GROUP_LAGS, type ConnectorControl, type GroupLags } from '../ports/connector-control.port';
import { DEAD_LETTER_QUERIES, type DeadLetterQueries } from '../ports/dead-letter-queries.port';
import { DELIVERY_QUERIES, type DeliveryCount, type DeliveryQueries } from '../ports/delivery-queries.port';

/** Gauges that are read from the store and the log when somebody looks, with what they mean. */
export const COLLECTED_GAUGES = {
  syncline_group_lag_messages:
    'Messages that a stage has yet to read, by group, topic and partition; -1 = it never committed (leave it out of sums).',
  syncline_connector_up: '1 while the connector is RUNNING, else 0.',
  syncline_dead_letters: 'Dead letters by system, stage, class and status.',
  syncline_deliveries: 'Deliveries by target and state.',
  syncline_delivery_oldest_unconfirmed_seconds:
    'Age of the oldest rating that a target does not have yet; 0 = it has all.',
} as const;

type GaugeName = keyof typeof COLLECTED_GAUGES;

/** Brings the gauges up to date. Series that are gone are set to 0: a scraper must not see their last value for ever. */
@Injectable()
export class CollectGauges {
  private shown = new Map<string, () => void>();

  constructor(
    @Inject(STAGE_METRICS) private readonly metrics: StageMetrics,
    @Inject(CONNECTOR_CONTROL) private readonly connectors: ConnectorControl,
    @Inject(GROUP_LAGS) private readonly lags: GroupLags,
    @Inject(DEAD_LETTER_QUERIES) private readonly deadLetters: DeadLetterQueries,
    @Inject(DELIVERY_QUERIES) private readonly deliveries: DeliveryQueries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async collect(): Promise<void> {
    const gone = this.shown;
    this.shown = new Map();
    await this.collectConnectors();
    await this.collectLags();
    for (const { system, stage, class: type, status, count } of await this.deadLetters.counts()) {
      this.set('syncline_dead_letters', { system, stage, class: type, status }, count);
    }
    this.collectDeliveries(await this.deliveries.counts());
    for (const [series, clear] of gone) if (!this.shown.has(series)) clear();
  }

  private async collectConnectors(): Promise<void> {
    for (const { name, state } of await this.connectors.list()) {
      this.set('syncline_connector_up', { connector: name }, state === 'RUNNING' ? 1 : 0);
    }
  }

  private async collectLags(): Promise<void> {
    for (const { group, topic, partition, committed, end } of await this.lags.all()) {
      const lag = committed === null ? -1 : Math.max(0, end - committed);
      this.set('syncline_group_lag_messages', { group, topic, partition: String(partition) }, lag);
    }
  }

  private collectDeliveries(counts: readonly DeliveryCount[]): void {
    const oldest = new Map<string, number>();
    for (const { target, state, count, oldest: since } of counts) {
      this.set('syncline_deliveries', { target, state }, count);
      const age =
        state === 'confirmed' || since === null ? 0 : Math.max(0, (this.clock.now() - Date.parse(since)) / 1000);
      oldest.set(target, Math.max(age, oldest.get(target) ?? 0));
    }
    for (const [target, seconds] of oldest)
      this.set('syncline_delivery_oldest_unconfirmed_seconds', { target }, seconds);
  }

  private set(name: GaugeName, labels: MetricLabels, value: number): void {
    this.metrics.gauge(name, labels, value);
    this.shown.set(`${name} ${JSON.stringify(labels)}`, () => this.metrics.gauge(name, labels, 0));
  }
}
