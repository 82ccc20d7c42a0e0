import { grouped, shortened, table } from '../output/table';

/** An override as the API shows it, as far as it is printed. */
export interface OverrideEntry {
  id: string;
  customer_id: string;
  kind: string;
  status: string;
  grade: string | null;
  term_days: number | null;
  limit: string | null;
  hold: string | null;
  reason: string | null;
  valid_from: string;
  valid_to: string | null;
  proposed_by: string;
  decided_by: string | null;
}

const REASON_WIDTH = 40;

/** Overrides as a terminal shows them. */
export function overrideTable(overrides: readonly OverrideEntry[]): string {
  const rows = overrides.map((each) => [
    each.id,
    each.customer_id,
    each.kind,
    each.status,
    decisionText(each),
    daysText(each),
    each.proposed_by,
    each.decided_by ?? '-',
    shortened(each.reason ?? '-', REASON_WIDTH),
  ]);
  return table(['id', 'customer', 'kind', 'status', 'decision', 'days', 'proposed by', 'decided by', 'reason'], rows);
}

/** One override after something was done about it. */
export function overrideLine(override: OverrideEntry): string {
  const { id, kind, status } = override;
  return `${id}: ${kind} ${decisionText(override)}, ${daysText(override)}: ${status}`;
}

function decisionText({ grade, term_days: term, limit, hold }: OverrideEntry): string {
  const parts = [
    grade === null ? null : `grade ${grade}`,
    term === null ? null : `${term} d`,
    limit === null ? null : `limit ${grouped(limit)}`,
    hold === null ? null : `hold ${hold}`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

function daysText({ valid_from: from, valid_to: to }: OverrideEntry): string {
  return to === null ? `from ${from}` : `${from} to ${to}`;
}
