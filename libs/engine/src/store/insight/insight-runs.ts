import type { Instant, LocalDate } from '@syncline/model';
import type { InsightRun } from '@syncline/pipeline/insight';
import type { SqlDialect } from '../dialect/sql-dialect';

/** The evaluation of the latest day; undefined = there was none yet. */
export async function lastInsightRun(dialect: SqlDialect): Promise<InsightRun | undefined> {
  const [row] = await dialect.reader.query<{ body: string }>(
    `SELECT body FROM insight_run ORDER BY as_of DESC ${dialect.page(1)}`,
  );
  return row && (JSON.parse(row.body) as InsightRun);
}

/** When somebody last asked for an evaluation of the day. */
export async function insightRequestedAt(dialect: SqlDialect, asOf: LocalDate): Promise<Instant | undefined> {
  const [row] = await dialect.reader.query<{ requested_at: Instant }>(
    'SELECT requested_at FROM insight_request WHERE as_of = ?',
    [asOf],
  );
  return row?.requested_at;
}
