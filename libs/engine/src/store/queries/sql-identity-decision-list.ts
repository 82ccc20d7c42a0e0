import type { IdentityDecision } from '@syncline/pipeline/reconcile';
import type { SqlDialect } from '../dialect/sql-dialect';

/** People's decisions on identity, revoked ones too, the newest first. */
export async function listIdentityDecisions(dialect: SqlDialect, limit: number): Promise<IdentityDecision[]> {
  const rows = await dialect.reader.query<{ body: string }>(
    `SELECT body FROM identity_decision ORDER BY decided_at DESC, id DESC ${dialect.page(limit)}`,
  );
  return rows.map(({ body }) => JSON.parse(body) as IdentityDecision);
}
