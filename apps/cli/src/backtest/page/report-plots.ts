import type { BacktestReport, CreditPolicy } from '@syncline/credit';
import { figure, intervalText, percent } from '../report-numbers';
import { nameAxis, numberAxis, Plot } from './plot';

const share = (value: number): string => `${Math.round(value * 100)} %`;

/** Bads against goods below each score; the diagonal is a coin. */
export function rocPlot({ curve, auc }: BacktestReport): string {
  if (curve.length === 0) return '';
  const plot = new Plot(
    `ROC curve: AUC ${figure(auc)}. The further above the diagonal, the better the score tells bad from good.`,
    numberAxis('share of the good ones at or below a score', 0, 1, share),
    numberAxis('share of the bad ones', 0, 1, share),
  );
  const points = curve.map(({ goods, bads }) => [goods, bads] as const);
  return plot
    .line(
      [
        [0, 0],
        [1, 1],
      ],
      'quiet',
    )
    .line(points, 'one')
    .svg();
}

/** Bad rate of each grade with its interval, and what the score lets expect. */
export function gradePlot({ grades }: BacktestReport): string {
  const seen = grades.filter(({ observations }) => observations > 0);
  if (seen.length === 0) return '';
  const most = Math.max(...seen.map(({ interval, expected }) => Math.max(interval?.high ?? 0, expected ?? 0)));
  const plot = new Plot(
    'Bad rate by grade with 95 % interval; the cross is what the score lets expect.',
    nameAxis(
      'grade',
      seen.map(({ grade }) => grade),
    ),
    numberAxis('bad rate', 0, Math.max(0.01, most), share),
  );
  seen.forEach(({ grade, badRate, interval, expected, bads, observations }, index) => {
    if (badRate === null || interval === null) return;
    const hint = `${grade}: ${percent(badRate)} (${bads} of ${observations}), ${intervalText(interval, percent)}`;
    plot.interval(index, interval.low, badRate, interval.high, 'one', hint);
    if (expected !== null) plot.mark(index, expected, 'two', `expected ${percent(expected)}`);
  });
  return plot.svg();
}

/** How good and bad observations spread over the scores, each as a share of its kind. */
export function scorePlot({ histogram, counted, bads }: BacktestReport): string {
  if (bads === 0 || bads === counted) return '';
  const goods = counted - bads;
  const most = Math.max(...histogram.map((bin) => Math.max(bin.goods / goods, bin.bads / bads)));
  const plot = new Plot(
    'Scores of those that stayed good (left columns) and of those that went bad (right columns).',
    numberAxis('score', 0, 100, String),
    numberAxis('share of its kind', 0, most, share),
  );
  for (const bin of histogram) {
    const hint = `${bin.from} to ${bin.from + 5}: ${bin.goods} good, ${bin.bads} bad`;
    plot.column(bin.from + 1.5, 0, bin.goods / goods, 1.8, 'one', hint);
    plot.column(bin.from + 3.5, 0, bin.bads / bads, 1.8, 'two', hint);
  }
  return plot.svg();
}

/** AUC of each review by itself. */
export function reviewPlot({ byReview }: BacktestReport, { validation }: CreditPolicy): string {
  const points = byReview.flatMap(({ auc }, index) => (auc === null ? [] : [[index, auc] as const]));
  if (points.length < 2) return '';
  const low = Math.min(0.5, ...points.map(([, auc]) => auc));
  const plot = new Plot(
    'AUC of each review by itself.',
    nameAxis(
      'review',
      byReview.map(({ review }) => review.slice(0, 7)),
      8,
    ),
    numberAxis('AUC', Math.floor(low * 10) / 10, 1, (value) => value.toFixed(1)),
  );
  return plot.level(validation.aucMin, `at least ${validation.aucMin}`, 'quiet').line(points, 'one').svg();
}

/** Population stability of each quarter against the first. */
export function stabilityPlot({ stability }: BacktestReport, { validation }: CreditPolicy): string {
  const later = stability.flatMap(({ period, psi }) => (psi === null ? [] : [{ period, psi }]));
  if (later.length === 0) return '';
  const plot = new Plot(
    `Population stability against ${stability[0]?.period ?? ''}: how far the customers moved over the grades.`,
    nameAxis(
      'quarter',
      later.map(({ period }) => period),
      8,
    ),
    numberAxis('PSI', 0, Math.max(validation.psiAlarm * 1.2, ...later.map(({ psi }) => psi)), (value) =>
      value.toFixed(2),
    ),
  );
  later.forEach(({ period, psi }, index) => plot.column(index, 0, psi, 0.6, 'one', `${period}: ${figure(psi)}`));
  return plot
    .level(validation.psiWarn, `look from ${validation.psiWarn}`, 'quiet')
    .level(validation.psiAlarm, `act from ${validation.psiAlarm}`, 'alarm')
    .svg();
}
