import { LEFT_OUT, type BacktestReport, type CreditPolicy, type Migration } from '@syncline/credit';
import { ITEM_FINDINGS, itemFindingText, type ItemFindingCode } from '../item-finding';
import type { LoadedItems } from '../load-items';
import { count, figure, intervalText, percent } from '../report-numbers';
import {
  LEFT_OUT_WORDS,
  MONOTONE_WORDS,
  NOTES,
  OUTCOME_WORDS,
  scopeText,
  undatedText,
  VERDICT_WORDS,
} from '../report-words';
import { escaped, htmlTable, paragraph, section } from './markup';
import { gradePlot, reviewPlot, rocPlot, scorePlot, stabilityPlot } from './report-plots';
import { STYLE } from './style';

/** Findings that the page names one by one. */
const SHOWN_FINDINGS = 200;

/** The report as one page that needs nothing else: no script, no network, light and dark. */
export function reportPage(report: BacktestReport, items: LoadedItems, policy: CreditPolicy, more = ''): string {
  const title = `Backtest of ${report.policy.id} version ${report.policy.version}`;
  const body = [
    `<h1>${escaped(title)}</h1>`,
    paragraph(`On ${items.source}: ${scopeText(report)}`),
    paragraph(`Bad (${report.outcome}): ${OUTCOME_WORDS[report.outcome]}.`),
    verdictPart(report),
    more,
    section(
      'How well it tells good from bad',
      figures(report),
      plots(rocPlot(report), scorePlot(report), reviewPlot(report, policy)),
    ),
    section(
      'Grades',
      grades(report),
      paragraph(`Monotone: ${MONOTONE_WORDS[report.monotonicity.verdict]}.`),
      plots(gradePlot(report)),
    ),
    section('Stability', stability(report), plots(stabilityPlot(report, policy))),
    section(
      'Migration',
      changes(report),
      heat('Without hysteresis', report.migration.alone),
      heat('With hysteresis', report.migration.damped),
    ),
    section('What does not count', leftOut(report), undated(items), findings(items)),
    ...NOTES.map((note) => paragraph(note, 'note')),
  ];
  return (
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head>\n` +
    `<body>${body.filter((part) => part !== '').join('\n')}</body></html>\n`
  );
}

function verdictPart({ verdict }: BacktestReport): string {
  const rows = verdict.checks.map(({ name, result, text }) => [name, result, text]);
  return `${paragraph(VERDICT_WORDS[verdict.result], `verdict ${verdict.result}`)}${htmlTable(['check', 'result', ''], rows)}`;
}

function plots(...drawn: readonly string[]): string {
  const there = drawn.filter((plot) => plot !== '');
  return there.length === 0 ? '' : `<div class="plots">${there.join('')}</div>`;
}

function figures({ auc, aucInterval, gini, ks, brier, brierOfRate, calibrationP, bootstrap }: BacktestReport): string {
  return htmlTable(
    ['measure', 'value', ''],
    [
      [
        'AUC',
        figure(auc),
        `95 % ${intervalText(aucInterval)}, ${count(bootstrap.samples)} draws of customers, seed ${bootstrap.seed}`,
      ],
      ['Gini', figure(gini), '2 × AUC − 1'],
      ['KS', figure(ks), 'greatest distance of the two shares of the ROC curve'],
      ['Brier', figure(brier, 4), `${figure(brierOfRate, 4)} if everybody got the mean bad rate`],
      ['calibration p', figure(calibrationP), 'chances against what happened, by customer'],
    ],
  );
}

function grades({ grades: rows }: BacktestReport): string {
  return htmlTable(
    ['grade', 'observations', 'bad', 'bad rate', '95 %', 'expected'],
    rows.map(({ grade, observations, bads, badRate, interval, expected }) => [
      grade,
      count(observations),
      count(bads),
      percent(badRate),
      intervalText(interval, percent),
      percent(expected),
    ]),
  );
}

function stability({ stability: rows }: BacktestReport): string {
  return htmlTable(
    ['quarter', 'customers', 'PSI', 'by chance', ''],
    rows.map(({ period, customers, psi, byChance, verdict }) => [
      period,
      count(customers),
      figure(psi),
      figure(byChance),
      verdict,
    ]),
  );
}

function changes({ migration, limits }: BacktestReport): string {
  const row = (name: string, without: number, damped: number): string[] => [name, count(without), count(damped)];
  return htmlTable(
    ['', 'without bands', 'with bands'],
    [
      row('grade changes', migration.alone.changes, migration.damped.changes),
      row('taken back within six reviews', migration.alone.reversals, migration.damped.reversals),
      row('limit changes', limits.alone.changes, limits.damped.changes),
    ],
  );
}

/** The matrix, each row tinted by its shares. */
function heat(title: string, { grades: names, matrix }: Migration): string {
  const head = ['from \\ to', ...names].map((name) => `<th scope="col">${escaped(name)}</th>`).join('');
  const body = matrix.map((row, from) => {
    const total = Math.max(
      1,
      row.reduce((sum, moves) => sum + moves, 0),
    );
    const cells = row.map(
      (moves) => `<td style="background: rgba(var(--tint), ${(moves / total / 2).toFixed(3)})">${count(moves)}</td>`,
    );
    return `<tr><th scope="row">${escaped(names[from] ?? '')}</th>${cells.join('')}</tr>`;
  });
  return `<div class="scroll"><table class="heat"><caption>${escaped(title)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

function leftOut({ leftOut: counts }: BacktestReport): string {
  const rows = LEFT_OUT.filter((reason) => counts[reason] > 0).map((reason) => [
    reason,
    count(counts[reason]),
    LEFT_OUT_WORDS[reason],
  ]);
  return rows.length === 0 ? paragraph('Every observation counts.') : htmlTable(['observations', 'number', ''], rows);
}

function undated({ undated: number }: LoadedItems): string {
  return number === 0 ? '' : paragraph(undatedText(number));
}

function findings({ findings: all, lines, items }: LoadedItems): string {
  if (all.length === 0) return '';
  const counts = new Map<ItemFindingCode, number>();
  for (const { code } of all) counts.set(code, (counts.get(code) ?? 0) + 1);
  const rows = [...counts].map(([code, n]) => [
    code,
    count(n),
    ITEM_FINDINGS[code].effect,
    ITEM_FINDINGS[code].meaning,
  ]);
  const shown = all.slice(0, SHOWN_FINDINGS).map((finding) => `<li>${escaped(itemFindingText(finding))}</li>`);
  const rest =
    all.length > shown.length ? paragraph(`… and ${count(all.length - shown.length)} more; --json lists all.`) : '';
  const list = `<details><summary>Line by line</summary><ul>${shown.join('')}</ul>${rest}</details>`;
  const caption = `Of ${count(lines)} lines ${count(items)} count.`;
  return `${htmlTable(['finding', 'lines', 'effect', ''], rows, caption)}${list}`;
}
