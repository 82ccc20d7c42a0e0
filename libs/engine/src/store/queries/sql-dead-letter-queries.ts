import type { ErrorClass, Instant } from '@syncline/model';
import type { DeadLetter, DeadLetterStatus } from '@syncline/pipeline/ingest';
import type { DeadLetterCount, DeadLetterFilter, DeadLetterQueries } from '@syncline/pipeline/publish';
import type { SqlDialect, SqlValue } from '../dialect/sql-dialect';
import { letterOf, type DeadLetterRow } from '../ingest/dead-letter-row';
import { DEAD_LETTER } from '../schema/tables';

const COUNTS =
  'SELECT system, stage, error_class, status, COUNT(*) AS n FROM dead_letter ' +
  'GROUP BY system, stage, error_class, status ORDER BY system, stage, error_class, status';

interface CountRow {
  system: string;
  stage: string;
  error_class: ErrorClass;
  status: DeadLetterStatus;
  n: number | string;
}

export class SqlDeadLetterQueries implements DeadLetterQueries {
  constructor(private readonly dialect: SqlDialect) {}

  async page(
    filter: DeadLetterFilter,
    after: { firstFailedAt: Instant; id: string } | null,
    limit: number,
  ): Promise<DeadLetter[]> {
    const { sql, params } = conditions(filter, after);
    const ids = await this.dialect.reader.query<{ id: string }>(
      `SELECT id FROM dead_letter ${sql}ORDER BY first_failed_at DESC, id DESC ${this.dialect.page(limit)}`,
      params,
    );
    const rows = await this.dialect.reader.selectByKeys<DeadLetterRow>(
      DEAD_LETTER,
      ['id'],
      ids.map(({ id }) => [id]),
    );
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap(({ id }) => {
      const row = found.get(id);
      return row ? [letterOf(row)] : [];
    });
  }

  async counts(): Promise<DeadLetterCount[]> {
    const rows = await this.dialect.reader.query<CountRow>(COUNTS);
    return rows.map(({ system, stage, error_class, status, n }) => ({
      system,
      stage,
      class: error_class,
      status,
      count: Number(n),
    }));
  }
}

function conditions(filter: DeadLetterFilter, after: { firstFailedAt: Instant; id: string } | null) {
  const all: [string, SqlValue[]][] = [];
  if (filter.status) all.push(['status = ?', [filter.status]]);
  if (filter.system) all.push(['system = ?', [filter.system]]);
  if (filter.topic) all.push(['topic = ?', [filter.topic]]);
  if (filter.code) all.push(['error_code = ?', [filter.code]]);
  if (filter.class) all.push(['error_class = ?', [filter.class]]);
  if (after) {
    all.push([
      '(first_failed_at < ? OR (first_failed_at = ? AND id < ?))',
      [after.firstFailedAt, after.firstFailedAt, after.id],
    ]);
  }
  const where = all.map(([sql]) => sql).join(' AND ');
  return { sql: where === '' ? '' : `WHERE ${where} `, params: all.flatMap(([, params]) => params) };
}
