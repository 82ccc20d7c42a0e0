import type { Instant } from '@syncline/model';
import {
  CHAIN_BEGIN,
  sealOf,
  type AuditEntry,
  type AuditLog,
  type AuditRow as StoredAuditRow,
  type SealedAuditRow,
} from '@syncline/pipeline/publish';
import { rowEncoder } from '../dialect/row-codec';
import type { SqlDialect, SqlValue } from '../dialect/sql-dialect';
import { AUDIT_LOG } from '../schema/tables';

interface AuditRow {
  id: number | string;
  at: Instant;
  actor: string;
  action: string;
  subject: string;
  detail: string;
}

/** One entry after another: each is sealed over the one before. */
const LOCK = 'audit';

/** What the store keeps of a text that is longer than its column, or holds what a database has no place for. */
const encode = rowEncoder(AUDIT_LOG, ['at', 'actor', 'action', 'subject', 'detail']);
const UNSTORABLE = /\p{Surrogate}|\0/gu;

function storedRow({ actor, subject, ...row }: Record<keyof StoredAuditRow, unknown>): StoredAuditRow {
  const clean = (text: unknown): string => String(text).replace(UNSTORABLE, '\ufffd');
  const values = encode({ ...row, actor: clean(actor), subject: clean(subject) });
  const [at, who, action, what, detail] = values.map(String);
  return { at, actor: who, action, subject: what, detail };
}

type Detail = Pick<AuditEntry, 'role' | 'details' | 'trace'>;

export class SqlAuditLog implements AuditLog {
  constructor(private readonly dialect: SqlDialect) {}

  append({ role, details, trace, ...entry }: AuditEntry): Promise<void> {
    const detail: Detail = { role, details, trace };
    const stored = storedRow({ ...entry, detail });
    return this.dialect.transaction(
      async (tx) => {
        const [last] = await tx.query<{ hash: string | null }>(
          `SELECT hash FROM audit_log ORDER BY id DESC ${this.dialect.page(1)}`,
        );
        const previous = last?.hash ?? CHAIN_BEGIN;
        const seal = { previous_hash: previous, hash: sealOf(stored, previous) };
        await tx.insert(AUDIT_LOG, [{ ...stored, detail, ...seal }]);
      },
      { lock: LOCK },
    );
  }

  async sealed(after: number, limit: number): Promise<SealedAuditRow[]> {
    const rows = await this.dialect.reader.query<AuditRow & { previous_hash: string | null; hash: string | null }>(
      'SELECT id, at, actor, action, subject, detail, previous_hash, hash FROM audit_log WHERE id > ? ' +
        `ORDER BY id ${this.dialect.page(limit)}`,
      [after],
    );
    return rows.map(({ id, previous_hash: previousHash, ...row }) => ({ ...row, id: Number(id), previousHash }));
  }

  async page(
    filter: { actor?: string; subject?: string },
    before: number | null,
    limit: number,
  ): Promise<(AuditEntry & { id: number })[]> {
    const conditions: [string, SqlValue][] = [];
    if (filter.actor) conditions.push(['actor = ?', filter.actor]);
    if (filter.subject) conditions.push(['subject = ?', filter.subject]);
    if (before !== null) conditions.push(['id < ?', before]);
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(([sql]) => sql).join(' AND ')} `;
    const rows = await this.dialect.reader.query<AuditRow>(
      `SELECT id, at, actor, action, subject, detail FROM audit_log ${where}ORDER BY id DESC ${this.dialect.page(limit)}`,
      conditions.map(([, value]) => value),
    );
    return rows.map(({ id, at, actor, action, subject, detail }) => ({
      id: Number(id),
      at,
      actor,
      action,
      subject,
      ...(JSON.parse(detail) as Detail),
    }));
  }
}
