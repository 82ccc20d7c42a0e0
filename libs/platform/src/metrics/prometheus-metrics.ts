import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { MetricLabels, StageMetrics } from '@syncline/pipeline/shared';

/** From a millisecond to a minute: batches and calls to targets. */
const SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Keeps what the stages report and shows it as Prometheus text. A series is made when it is first reported. */
export class PrometheusMetrics implements StageMetrics {
  private readonly registry = new Registry();
  private readonly counters = new Map<string, Counter>();
  private readonly gauges = new Map<string, Gauge>();
  private readonly histograms = new Map<string, Histogram>();

  constructor(labels: MetricLabels) {
    this.registry.setDefaultLabels({ ...labels });
  }

  /** Adds memory, CPU and event loop of the process. */
  observeProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  count(name: string, labels: MetricLabels, n = 1): void {
    const counter = this.counters.get(name) ?? new Counter(this.describe(name, labels));
    this.counters.set(name, counter);
    counter.inc({ ...labels }, n);
  }

  gauge(name: string, labels: MetricLabels, value: number): void {
    const gauge = this.gauges.get(name) ?? new Gauge(this.describe(name, labels));
    this.gauges.set(name, gauge);
    gauge.set({ ...labels }, value);
  }

  observe(name: string, labels: MetricLabels, value: number): void {
    const histogram = this.histograms.get(name) ?? new Histogram({ ...this.describe(name, labels), buckets: SECONDS });
    this.histograms.set(name, histogram);
    histogram.observe({ ...labels }, value);
  }

  /** The Prometheus exposition format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  private describe(name: string, labels: MetricLabels) {
    return {
      name,
      help: `See docs/reference/metrics.md#${name}`,
      labelNames: Object.keys(labels),
      registers: [this.registry],
    };
  }
}
