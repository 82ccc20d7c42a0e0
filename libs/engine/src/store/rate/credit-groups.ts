import type { GroupLink } from '@syncline/credit';
import type { GroupReads } from '@syncline/pipeline/rate';
import type { SqlReader } from '../dialect/sql-dialect';
import { ITS_CUSTOMERS } from './merged-customers';

const PARENTS =
  'SELECT DISTINCT a.customer_id AS member, p.customer_id AS parent FROM {keys} JOIN account a ON a.customer_id = k.c0 ' +
  'JOIN account p ON p.system = a.system AND p."key" = a.parent_key WHERE p.customer_id <> a.customer_id';
const MEMBERS =
  'SELECT DISTINCT a.customer_id AS member, p.customer_id AS parent FROM {keys} JOIN account p ON p.customer_id = k.c0 ' +
  'JOIN account a ON a.system = p.system AND a.parent_key = p."key" WHERE a.customer_id <> p.customer_id';
const LIMITED =
  `SELECT DISTINCT k.c0 AS id FROM ${ITS_CUSTOMERS} JOIN credit_override o ON o.customer_id = a.birth_id ` +
  "WHERE o.kind = 'group_limit' AND o.status IN ('approved', 'revoked')";

/** Who belongs to whom, from the accounts; and on whom group limits were decided. One statement each. */
export function groupReads(reader: SqlReader): GroupReads {
  const read = <R>(sql: string, ids: readonly string[]): Promise<R[]> =>
    ids.length === 0
      ? Promise.resolve([])
      : reader.queryByKeys<R>(
          sql,
          ids.map((id) => [id]),
        );
  return {
    parentsOf: (ids) => read<GroupLink>(PARENTS, ids),
    membersOf: (ids) => read<GroupLink>(MEMBERS, ids),
    withGroupLimit: async (ids) => (await read<{ id: string }>(LIMITED, ids)).map(({ id }) => id),
  };
}
