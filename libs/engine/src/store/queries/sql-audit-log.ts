import type { Instant } from '@syncline/model';
import type { AuditEntry, AuditLog } from '@syncline/pipeline/publish';
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

type Detail = Pick<AuditEntry, 'role' | 'details' | 'trace'>;

export class SqlAuditLog implements AuditLog {
  constructor(private readonly dialect: SqlDialect) {}

  append({ at, actor, action, subject, role, details, trace }: AuditEntry): Promise<void> {
    const detail: Detail = { role, details, trace };
    return this.dialect.transaction((tx) => tx.insert(AUDIT_LOG, [{ at, actor, action, subject, detail }]));
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
