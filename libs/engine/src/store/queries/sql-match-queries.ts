import type { MatchFilter, MatchPlace, MatchQueries, MatchTask, WaitingMatch } from '@syncline/pipeline/publish';
import type { AccountRef, AccountRow, IdentityDecision } from '@syncline/pipeline/reconcile';
import type { SqlDialect, SqlValue } from '../dialect/sql-dialect';
import { refKey } from '../reconcile/sql-document-table';
import { ACCOUNT, IDENTITY_DECISION, MATCH_TASK } from '../schema/tables';

/** As match_pair keeps weights. */
const UNITS = 10_000;

const SELECT =
  'SELECT p.weight AS weight, a.body AS a_body, b.body AS b_body, t.body AS task FROM match_pair p ' +
  'JOIN account a ON a.system = p.a_system AND a."key" = p.a_key ' +
  'JOIN account b ON b.system = p.b_system AND b."key" = p.b_key ' +
  'LEFT JOIN match_task t ON t.a_system = p.a_system AND t.a_key = p.a_key AND t.b_system = p.b_system ' +
  "AND t.b_key = p.b_key WHERE p.verdict = 'review' AND a.customer_id <> b.customer_id " +
  'AND NOT EXISTS (SELECT 1 FROM identity_decision d WHERE d.is_revoked = 0 AND (' +
  '(d.a_system = p.a_system AND d.a_key = p.a_key AND d.b_system = p.b_system AND d.b_key = p.b_key) OR ' +
  '(d.a_system = p.b_system AND d.a_key = p.b_key AND d.b_system = p.a_system AND d.b_key = p.a_key)))';

/** In the order of the page: weight falls, the accounts rise. */
const AFTER =
  ' AND (p.weight < ? OR (p.weight = ? AND (p.a_system > ? OR (p.a_system = ? AND (p.a_key > ? OR (p.a_key = ? AND ' +
  '(p.b_system > ? OR (p.b_system = ? AND p.b_key > ?))))))))';

const ORDER = ' ORDER BY p.weight DESC, p.a_system, p.a_key, p.b_system, p.b_key ';

interface WaitingRow {
  weight: number;
  a_body: string;
  b_body: string;
  task: string | null;
}

export class SqlMatchQueries implements MatchQueries {
  constructor(private readonly dialect: SqlDialect) {}

  async waiting(filter: MatchFilter, after: MatchPlace | null, limit: number): Promise<WaitingMatch[]> {
    const { sql, params } = conditions(filter, after);
    const rows = await this.dialect.reader.query<WaitingRow & Record<string, unknown>>(
      SELECT + sql + ORDER + this.dialect.page(limit),
      params,
    );
    return rows.map((row) => ({
      a: JSON.parse(row.a_body) as AccountRow,
      b: JSON.parse(row.b_body) as AccountRow,
      weight: Number(row.weight) / UNITS,
      task: row.task === null ? null : (JSON.parse(row.task) as MatchTask),
    }));
  }

  accounts(refs: AccountRef[]): Promise<AccountRow[]> {
    return this.dialect.reader.bodies<AccountRow>(ACCOUNT, ACCOUNT.key, refs.map(refKey));
  }

  async decisionOn(a: AccountRef, b: AccountRef): Promise<IdentityDecision | null> {
    const found = await this.dialect.reader.bodies<IdentityDecision>(
      IDENTITY_DECISION,
      ['a_system', 'a_key', 'b_system', 'b_key'],
      [
        [...refKey(a), ...refKey(b)],
        [...refKey(b), ...refKey(a)],
      ],
      't.is_revoked = 0',
    );
    return found[0] ?? null;
  }

  async task(a: AccountRef, b: AccountRef): Promise<MatchTask | null> {
    const key = [...refKey(a), ...refKey(b)];
    const [found] = await this.dialect.reader.bodies<MatchTask>(MATCH_TASK, MATCH_TASK.key, [key]);
    return found ?? null;
  }

  async saveTask(task: MatchTask): Promise<void> {
    await this.dialect.transaction((tx) =>
      tx.upsert(MATCH_TASK, [
        {
          a_system: task.a.system,
          a_key: task.a.key,
          b_system: task.b.system,
          b_key: task.b.key,
          assignee: task.assignee,
          deferred_until: task.deferredUntil,
          body: task,
        },
      ]),
    );
  }
}

function conditions(filter: MatchFilter, after: MatchPlace | null): { sql: string; params: SqlValue[] } {
  let sql = '';
  const params: SqlValue[] = [];
  if (filter.assignee !== undefined) {
    sql += ' AND t.assignee = ?';
    params.push(filter.assignee);
  }
  if (filter.dueAt !== undefined) {
    sql += ' AND (t.deferred_until IS NULL OR t.deferred_until <= ?)';
    params.push(filter.dueAt);
  }
  if (after) {
    const weight = Math.round(after.weight * UNITS);
    const { a, b } = after;
    sql += AFTER;
    params.push(weight, weight, a.system, a.system, a.key, a.key, b.system, b.system, b.key);
  }
  return { sql, params };
}
