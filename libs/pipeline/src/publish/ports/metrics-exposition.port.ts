/** Shows all metrics of the process; what implements StageMetrics implements this, too. */
export interface MetricsExposition {
  /** The Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

export const METRICS_EXPOSITION = Symbol('MetricsExposition');
