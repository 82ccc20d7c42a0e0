import { grouped, shortened, table } from '../output/table';

/** What POST /policy/diff answers, as far as it is shown. */
export interface PolicyDiffAnswer {
  as_of: string;
  customers: number;
  moved: number;
  better: number;
  worse: number;
  exposure: string;
  currency: string;
  grades: Record<string, Record<string, number>>;
  moves: PolicyMoveAnswer[];
}

export interface PolicyMoveAnswer {
  customer_id: string;
  name: string | null;
  from: PolicySide;
  to: PolicySide;
  direction: string;
  exposure: string | null;
  reasons: { code: string; text: string }[];
}

interface PolicySide {
  grade: string;
  term_days: number;
  limit: string;
  currency: string;
  hold: string;
}

/** Who would move, from what to what, why, and a summary under it. */
export function policyDiffText(diff: PolicyDiffAnswer): string {
  const { as_of: asOf, customers, moved, better, worse, exposure, currency, moves } = diff;
  const share = customers === 0 ? '0' : ((100 * moved) / customers).toFixed(1);
  const summary =
    `As of ${asOf}: ${moved} of ${customers} customers (${share} %) would move, ${better} better, ${worse} worse` +
    `, ${moved - better - worse} both; exposure concerned ${grouped(exposure)} ${currency}.`;
  const left = moved - moves.length;
  const rest = left > 0 ? [`… and ${left} more: --moves ${moved}`] : [];
  return [...(moves.length > 0 ? [moveTable(moves), ...rest, ''] : []), gradeTable(diff.grades), '', summary].join(
    '\n',
  );
}

function moveTable(moves: readonly PolicyMoveAnswer[]): string {
  const rows = moves.map(({ customer_id: id, name, from, to, direction, exposure, reasons }) => [
    id,
    shortened(name ?? '-', 24),
    changed(from.grade, to.grade),
    changed(`${from.term_days} d`, `${to.term_days} d`),
    changed(grouped(from.limit), grouped(to.limit)),
    changed(from.hold, to.hold),
    direction,
    exposure === null ? '-' : grouped(exposure),
    reasons.map(({ code }) => code).join(' '),
  ]);
  const headings = ['id', 'name', 'grade', 'term', 'limit', 'hold', 'direction', 'exposure', 'why'];
  return table(headings, rows, ['exposure']);
}

function changed(from: string, to: string): string {
  return from === to ? from : `${from} → ${to}`;
}

/** Customers by grade before (rows) and after (columns). */
function gradeTable(grades: PolicyDiffAnswer['grades']): string {
  const after = [...new Set([...Object.keys(grades), ...Object.values(grades).flatMap((row) => Object.keys(row))])];
  const columns = after.sort(byGrade);
  const rows = Object.keys(grades)
    .sort(byGrade)
    .map((from) => [from, ...columns.map((to) => String(grades[from]?.[to] ?? '.'))]);
  return table(['from \\ to', ...columns], rows, columns);
}

/** AAA before AA before A before B: more of the same letter is better, letters by alphabet. */
function byGrade(a: string, b: string): number {
  if (a[0] !== b[0]) return a < b ? -1 : 1;
  return b.length - a.length || (a < b ? -1 : 1);
}
