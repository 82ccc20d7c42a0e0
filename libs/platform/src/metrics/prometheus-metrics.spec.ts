import { PrometheusMetrics } from './prometheus-metrics';

describe('PrometheusMetrics', () => {
  it('shows what was reported as Prometheus text', async () => {
    const metrics = new PrometheusMetrics({ role: 'rate' });
    metrics.count('syncline_records_total', { stage: 'rate' });
    metrics.count('syncline_records_total', { stage: 'rate' }, 4);
    metrics.gauge('syncline_lag', { topic: 'a' }, 7);
    metrics.observe('syncline_batch_seconds', {}, 0.02);
    const text = await metrics.text();
    expect(text).toContain('syncline_records_total{stage="rate",role="rate"} 5');
    expect(text).toContain('syncline_lag{topic="a",role="rate"} 7');
    expect(text).toContain('syncline_batch_seconds_bucket{le="0.05",role="rate"} 1');
  });
});
