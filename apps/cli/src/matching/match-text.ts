import { shortened, table } from '../output/table';

export interface MatchSide {
  system: string;
  key: string;
  customer_id: string;
  link: string;
  code: string | null;
  name: string | null;
  attributes: Record<string, string[]>;
}

export interface ComparisonEntry {
  comparison: string;
  level: string;
  weight: number;
  left: string | null;
  right: string | null;
}

interface Compared {
  a: MatchSide;
  b: MatchSide;
  weight: number | null;
  probability: number | null;
  veto: string | null;
  thresholds: { match: number; review: number } | null;
  meet_by: string[];
  comparisons: ComparisonEntry[];
}

/** GET /matches. */
export interface WaitingMatchEntry extends Compared {
  weight: number;
  probability: number;
  assignee: string | null;
  deferred_until: string | null;
}

/** GET /matches/why. */
export interface MatchExplanationEntry extends Compared {
  same_customer: boolean;
  decision: { id: string; verdict: 'same' | 'different'; decided_by: string } | null;
  shared_identifiers: string[];
  verdict: 'match' | 'review' | 'distinct' | null;
}

const NAME_WIDTH = 30;

export function waitingTable(matches: readonly WaitingMatchEntry[]): string {
  const rows = matches.map(({ a, b, weight, probability, assignee, deferred_until: until }) => [
    sideName(a),
    shortened(a.name ?? '-', NAME_WIDTH),
    sideName(b),
    shortened(b.name ?? '-', NAME_WIDTH),
    weight.toFixed(2),
    probability.toFixed(3),
    assignee ?? '-',
    until ?? '-',
  ]);
  const headings = ['a', 'name of a', 'b', 'name of b', 'weight', 'probability', 'assignee', 'deferred until'];
  return table(headings, rows, ['weight', 'probability']);
}

/** All that speaks for and against, and what it comes to. */
export function explanationText(explanation: MatchExplanationEntry): string {
  const { a, b, weight, probability, thresholds, comparisons } = explanation;
  const lines = [
    `${sideName(a)} ${a.name ?? '-'}`,
    `${sideName(b)} ${b.name ?? '-'}`,
    '',
    explanation.same_customer
      ? `One customer: ${a.customer_id} (${sideName(a)} by ${a.link}, ${sideName(b)} by ${b.link})`
      : `Two customers: ${a.customer_id} and ${b.customer_id}`,
    ...reasons(explanation).map((reason) => `- ${reason}`),
  ];
  if (weight === null || thresholds === null) return lines.join('\n');
  const rows = comparisons.map(({ comparison, level, weight: part, left, right }) => [
    comparison,
    level,
    part.toFixed(2),
    left ?? '-',
    right ?? '-',
  ]);
  return [
    ...lines,
    '',
    table(['comparison', 'level', 'weight', 'a', 'b'], rows, ['weight']),
    '',
    `total ${weight.toFixed(2)} with the prior (probability ${probability?.toFixed(4)}); one from ` +
      `${thresholds.match.toFixed(2)}, for a person from ${thresholds.review.toFixed(2)}`,
  ].join('\n');
}

function reasons(explanation: MatchExplanationEntry): string[] {
  const { decision, shared_identifiers: shared, meet_by: meetBy, veto, verdict, thresholds } = explanation;
  const found: string[] = [];
  if (decision)
    found.push(`${decision.decided_by} decided that they are ${DECIDED[decision.verdict]} (${decision.id})`);
  if (shared.length > 0) found.push(`both carry ${shared.join(', ')}`);
  if (thresholds === null) found.push('similarity is not looked at: an account takes no part, or nothing is matched');
  else {
    found.push(
      meetBy.length > 0
        ? `compared by ${meetBy.join(', ')}, where not too many share the key`
        : 'no blocking rule brings them together: they are never compared',
    );
    if (veto) found.push(`${veto} forbids a match`);
    if (verdict === 'review') found.push('similar, but a person has to decide');
    if (verdict === 'match' && !explanation.same_customer && !veto)
      found.push('similar enough, and kept apart by a decision or by official numbers of accounts they stand with');
    if (verdict !== 'match' && explanation.same_customer && shared.length === 0 && !decision)
      found.push('brought together by other accounts of the customer');
  }
  return found;
}

const DECIDED = { same: 'one', different: 'two' } as const;

function sideName({ system, key, code }: MatchSide): string {
  return `${system}/${key}${code ? ` (${code})` : ''}`;
}
