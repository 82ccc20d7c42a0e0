import type { StageMetrics } from '../shared/stage-metrics.port';
import type { MappedMessage } from './map-message';

/** What one batch adds up to, so that metrics cost nothing for each message. */
export class BatchTally {
  events = 0;
  records = 0;
  ignored = 0;
  private readonly failures = new Map<string, number>();
  private lastChange = '';

  constructor(
    private readonly system: string,
    private readonly topic: string,
  ) {}

  add(mapped: MappedMessage): void {
    this.events += 1;
    if (mapped.outcome === 'ignored') this.ignored += 1;
    if (mapped.outcome !== 'records') return;
    this.records += mapped.records.length;
    if (mapped.changedAt !== undefined && mapped.changedAt > this.lastChange) this.lastChange = mapped.changedAt;
  }

  fail(errorClass: string): void {
    this.failures.set(errorClass, (this.failures.get(errorClass) ?? 0) + 1);
  }

  report(metrics: StageMetrics): void {
    const labels = { system: this.system };
    if (this.events > 0) metrics.count('syncline_ingest_events_total', labels, this.events);
    if (this.records > 0) metrics.count('syncline_ingest_records_total', labels, this.records);
    if (this.ignored > 0) metrics.count('syncline_ingest_ignored_total', labels, this.ignored);
    for (const [errorClass, n] of this.failures)
      metrics.count('syncline_dead_letters_total', { stage: 'ingest', ...labels, class: errorClass }, n);
    const place = { ...labels, topic: this.topic };
    if (this.lastChange !== '')
      metrics.gauge('syncline_ingest_last_change_timestamp_seconds', place, Date.parse(this.lastChange) / 1000);
  }

  /** When anything came last, a heartbeat too. `now` in milliseconds since 1970. */
  reportArrival(metrics: StageMetrics, now: number): void {
    metrics.gauge(
      'syncline_ingest_last_event_timestamp_seconds',
      { system: this.system, topic: this.topic },
      now / 1000,
    );
  }
}

/** Names and meanings, for docs/reference/metrics.md. */
export const INGEST_METRICS = {
  syncline_ingest_events_total: 'Messages read from source topics, by system.',
  syncline_ingest_records_total: 'Records made of them, by system.',
  syncline_ingest_ignored_total: 'Messages that the mapping ignores on purpose, and heartbeats, by system.',
  syncline_dead_letters_total: 'Messages put to the dead letters, by stage, system and class.',
  syncline_ingest_last_change_timestamp_seconds:
    'When the source made the newest change that was read, by system and topic.',
  syncline_ingest_last_event_timestamp_seconds: 'When ingest last read anything, by system and topic.',
} as const;
