import type { KnownTime } from './ledger-entry';
import type { LedgerFindings } from './ledger-finding';

/** Something that may take another of its kind back. */
export interface Correctable {
  id: string;
  knownAt: KnownTime;
  corrects?: string | null;
}

export interface InEffect {
  /** Ids that count. */
  ids: ReadonlySet<string>;
  /** The id that counts for a corrected one: references to the old reach the new. */
  current(id: string): string;
}

/**
 * Which of some entries or events count, given who corrects whom. A correction that was itself taken back corrects
 * nothing; of several corrections of one thing the last known counts; a circle corrects nothing. `voided` are taken
 * back from outside. Does not depend on the order of `nodes`.
 */
export function resolveCorrections(
  nodes: readonly Correctable[],
  findings: LedgerFindings,
  voided: ReadonlySet<string> = new Set(),
): InEffect {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const waitingFor = new Map<string, number>();
  for (const { id, corrects } of nodes) {
    if (!corrects) continue;
    if (corrects === id) findings.add('CORRECTION_CYCLE', id);
    else if (byId.has(corrects)) waitingFor.set(corrects, (waitingFor.get(corrects) ?? 0) + 1);
    else findings.add('UNKNOWN_REFERENCE', id);
  }
  const ids = new Set(nodes.map(({ id }) => id).filter((id) => !voided.has(id)));
  const replacement = new Map<string, string>();
  const ready = nodes.filter(({ id }) => !waitingFor.has(id));
  for (let node = ready.pop(); node; node = ready.pop()) {
    const target = node.corrects && node.corrects !== node.id ? byId.get(node.corrects) : undefined;
    if (!target) continue;
    if (ids.has(node.id)) replace(target.id, node, byId, ids, replacement, findings);
    const left = waitingFor.get(target.id)! - 1;
    waitingFor.set(target.id, left);
    if (left === 0) ready.push(target);
  }
  for (const [id, left] of waitingFor) if (left > 0) findings.add('CORRECTION_CYCLE', id);
  const current = (id: string): string => {
    let now = id;
    for (let next = replacement.get(now); next !== undefined && ids.has(next); next = replacement.get(now)) now = next;
    return now;
  };
  return { ids, current };
}

function replace(
  target: string,
  by: Correctable,
  byId: ReadonlyMap<string, Correctable>,
  ids: Set<string>,
  replacement: Map<string, string>,
  findings: LedgerFindings,
): void {
  ids.delete(target);
  const rival = byId.get(replacement.get(target) ?? '');
  if (rival) findings.add('CORRECTED_TWICE', target);
  const wins = !rival || rival.knownAt < by.knownAt || (rival.knownAt === by.knownAt && rival.id < by.id);
  if (rival) ids.delete(wins ? rival.id : by.id);
  if (wins) replacement.set(target, by.id);
}
