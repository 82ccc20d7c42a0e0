/** Labels of one series; few values each. Never a customer, a key or anything personal. */
export type MetricLabels = Readonly<Record<string, string>>;

/** What stages report of their work. Names are Prometheus names in base units, listed in docs/reference/metrics.md. */
export interface StageMetrics {
  /** Adds `n` (default 1) to a counter. */
  count(name: string, labels: MetricLabels, n?: number): void;
  /** Sets a gauge. */
  gauge(name: string, labels: MetricLabels, value: number): void;
  /** Adds one observation, in base units (seconds, bytes), to a histogram. */
  observe(name: string, labels: MetricLabels, value: number): void;
}

/** For tests and commands that nobody scrapes. */
export const NO_METRICS: StageMetrics = { count: () => undefined, gauge: () => undefined, observe: () => undefined };

export const STAGE_METRICS = Symbol('StageMetrics');
