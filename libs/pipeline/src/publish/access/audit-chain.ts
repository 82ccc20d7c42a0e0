import { createHash } from 'node:crypto';

/** What an entry of the audit is sealed over: its columns as the store keeps them. */
export interface AuditRow {
  at: string;
  actor: string;
  action: string;
  subject: string;
  /** JSON text. */
  detail: string;
}

/** An entry as it stands in the store. */
export interface SealedAuditRow extends AuditRow {
  id: number;
  /** Null of both = it was written before entries were sealed. */
  previousHash: string | null;
  hash: string | null;
}

/** What the first sealed entry follows. */
export const CHAIN_BEGIN = '0'.repeat(64);

/** SHA-256 in hex over an entry and the seal of the one before: none can be changed, removed or put between alone. */
export function sealOf({ at, actor, action, subject, detail }: AuditRow, previousHash: string): string {
  const text = JSON.stringify([previousHash, at, actor, action, subject, detail]);
  return createHash('sha256').update(text).digest('hex');
}

/** A seal that somebody noted elsewhere. */
export interface NotedSeal {
  id: number;
  hash: string;
}

export interface AuditVerdict {
  /** Entries that were looked at. */
  entries: number;
  /** Those at the beginning that have no seal. */
  unsealed: number;
  intact: boolean;
  /** The first entry that does not follow from those before it. */
  broken: { id: number; problem: AuditProblem } | null;
  /** The last sealed entry: noted elsewhere, it shows later that nothing was cut off or written anew. */
  head: NotedSeal | null;
}

export type AuditProblem =
  /** The entry was changed. */
  | 'altered'
  /** The entry before it is gone or was changed together with its seal, or this one was put between. */
  | 'does_not_follow'
  /** It has no seal, but an earlier one has. */
  | 'unsealed'
  /** The seal that was noted elsewhere is not that of this entry, or the entry is gone. */
  | 'not_as_noted';

/**
 * Goes through the audit in the order of its numbers.
 * @param pages rows in order; @param noted a seal from an earlier look, which has to stand still
 */
export async function verifyAudit(
  pages: AsyncIterable<readonly SealedAuditRow[]>,
  noted: NotedSeal | null = null,
): Promise<AuditVerdict> {
  const verdict: AuditVerdict = { entries: 0, unsealed: 0, intact: true, broken: null, head: null };
  let isNotedFound = noted === null;
  for await (const rows of pages) {
    for (const row of rows) {
      verdict.entries += 1;
      const problem = problemOf(row, verdict.head) ?? (noted?.id === row.id && noted.hash !== row.hash ? NOTED : null);
      if (problem) return { ...verdict, intact: false, broken: { id: row.id, problem } };
      if (row.hash === null) verdict.unsealed += 1;
      else verdict.head = { id: row.id, hash: row.hash };
      isNotedFound ||= noted?.id === row.id;
    }
  }
  if (isNotedFound || noted === null) return verdict;
  return { ...verdict, intact: false, broken: { id: noted.id, problem: NOTED } };
}

const NOTED = 'not_as_noted';

function problemOf(row: SealedAuditRow, head: NotedSeal | null): AuditProblem | null {
  const { hash, previousHash } = row;
  if (hash === null || previousHash === null) return head === null && hash === previousHash ? null : 'unsealed';
  if (previousHash !== (head?.hash ?? CHAIN_BEGIN)) return 'does_not_follow';
  return sealOf(row, previousHash) === hash ? null : 'altered';
}
