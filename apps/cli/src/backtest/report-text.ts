import { LEFT_OUT, type BacktestReport, type Migration } from '@syncline/credit';
import { table } from '../output/table';
import { itemFindingText, ITEM_FINDINGS, type ItemFinding, type ItemFindingCode } from './item-finding';
import type { LoadedItems } from './load-items';
import { count, figure, intervalText, percent } from './report-numbers';
import {
  LEFT_OUT_WORDS,
  MONOTONE_WORDS,
  NOTES,
  OUTCOME_WORDS,
  scopeText,
  undatedText,
  VERDICT_WORDS,
} from './report-words';

/** Findings that are shown one by one; the JSON report has all. */
const SHOWN_FINDINGS = 10;

/** The report for a terminal. */
export function reportText(report: BacktestReport, items: LoadedItems): string {
  return [
    `Backtest of ${report.policy.id} version ${report.policy.version} on ${items.source}`,
    scopeText(report),
    `Bad (${report.outcome}): ${OUTCOME_WORDS[report.outcome]}.`,
    findingsText(items),
    undatedText(items.undated),
    leftOutText(report),
    VERDICT_WORDS[report.verdict.result],
    table(
      ['check', 'result', ''],
      report.verdict.checks.map(({ name, result, text }) => [name, result, text]),
    ),
    discriminationText(report),
    gradesText(report),
    `Monotone: ${MONOTONE_WORDS[report.monotonicity.verdict]}.`,
    stabilityText(report),
    migrationText('Grades without hysteresis', report.migration.alone),
    migrationText('Grades with hysteresis', report.migration.damped),
    changesText(report),
    NOTES.map((note) => `Note: ${note}`).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What was wrong with the lines: counts by cause, and the first of them with their places. */
export function findingsText({ findings, lines, items }: Pick<LoadedItems, 'findings' | 'lines' | 'items'>): string {
  if (findings.length === 0) return '';
  const counts = new Map<ItemFindingCode, number>();
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  const rows = [...counts].map(([code, n]) => [
    code,
    String(n),
    ITEM_FINDINGS[code].effect,
    ITEM_FINDINGS[code].meaning,
  ]);
  const first = findings.slice(0, SHOWN_FINDINGS).map((finding: ItemFinding) => itemFindingText(finding));
  const more = findings.length - first.length;
  return [
    `Of ${count(lines)} lines ${count(items)} count; ${count(findings.length)} findings:`,
    table(['finding', 'lines', 'effect', ''], rows, ['lines']),
    ...first,
    ...(more > 0 ? [`… and ${count(more)} more; --json lists all.`] : []),
  ].join('\n');
}

function leftOutText({ leftOut }: BacktestReport): string {
  const rows = LEFT_OUT.filter((reason) => leftOut[reason] > 0).map((reason) => [
    reason,
    count(leftOut[reason]),
    LEFT_OUT_WORDS[reason],
  ]);
  return rows.length === 0 ? '' : `Observations left out:\n${table(['reason', 'number', ''], rows, ['number'])}`;
}

function discriminationText(report: BacktestReport): string {
  const { auc, aucInterval, gini, ks, brier, brierOfRate, calibrationP, bootstrap } = report;
  const rows = [
    [
      'AUC',
      figure(auc),
      `95 % ${intervalText(aucInterval)} (${bootstrap.samples} draws of customers, seed ${bootstrap.seed})`,
    ],
    ['Gini', figure(gini), ''],
    ['KS', figure(ks), ''],
    ['Brier', figure(brier, 4), `${figure(brierOfRate, 4)} if everybody got the mean bad rate`],
    ['calibration p', figure(calibrationP), 'chances against what happened, by customer'],
  ];
  return table(['measure', 'value', ''], rows, ['value']);
}

function gradesText({ grades }: BacktestReport): string {
  const rows = grades.map(({ grade, observations, bads, badRate, interval, expected }) => [
    grade,
    count(observations),
    count(bads),
    percent(badRate),
    intervalText(interval, percent),
    percent(expected),
  ]);
  const numbers = ['observations', 'bad', 'bad rate', 'expected'];
  return table(['grade', 'observations', 'bad', 'bad rate', '95 %', 'expected'], rows, numbers);
}

function stabilityText({ stability }: BacktestReport): string {
  const rows = stability.map(({ period, customers, psi, byChance, verdict }) => [
    period,
    count(customers),
    figure(psi),
    figure(byChance),
    verdict,
  ]);
  return table(['period', 'customers', 'PSI', 'by chance', ''], rows, ['customers', 'PSI', 'by chance']);
}

function migrationText(
  title: string,
  { grades, matrix, changes, moves, reversals, upgrades, downgrades }: Migration,
): string {
  const rows = matrix.map((row, from) => [grades[from] ?? '', ...row.map(count)]);
  const sums = `${count(changes)} changes in ${count(moves)} moves: ${count(upgrades)} up, ${count(downgrades)} down, ${count(reversals)} taken back within six reviews`;
  return `${title}: ${sums}\n${table(['from \\ to', ...grades], rows, grades)}`;
}

function changesText({ limits, migration }: BacktestReport): string {
  const less = (before: number, after: number) => (before === 0 ? '–' : percent(1 - after / before, 0));
  const rows = [
    [
      'grade changes',
      count(migration.alone.changes),
      count(migration.damped.changes),
      less(migration.alone.changes, migration.damped.changes),
    ],
    [
      'taken back',
      count(migration.alone.reversals),
      count(migration.damped.reversals),
      less(migration.alone.reversals, migration.damped.reversals),
    ],
    [
      'limit changes',
      count(limits.alone.changes),
      count(limits.damped.changes),
      less(limits.alone.changes, limits.damped.changes),
    ],
  ];
  const numbers = ['without bands', 'with bands', 'fewer'];
  return table(['', ...numbers], rows, numbers);
}
