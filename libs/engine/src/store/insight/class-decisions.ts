import { classInForce, type ClassOverride } from '@syncline/pipeline/insight';
import type { SqlReader } from '../dialect/sql-dialect';
import { ITS_CUSTOMERS } from '../rate/merged-customers';

const CLASSES =
  `SELECT a.customer_id AS customer_id, c.body AS body FROM ${ITS_CUSTOMERS} ` +
  'JOIN customer_class c ON c.customer_id = a.birth_id';

/** What people decided on the class of customers, by customer; of those merged into them where they have none. */
export async function readClassDecisions(
  reader: SqlReader,
  keys: readonly (readonly string[])[],
): Promise<Map<string, ClassOverride>> {
  const rows = await reader.queryByKeys<{ customer_id: string; body: string }>(CLASSES, keys);
  const decided = new Map<string, ClassOverride[]>();
  for (const { customer_id: id, body } of rows) {
    const decision = JSON.parse(body) as ClassOverride;
    const known = decided.get(id);
    if (known) known.push(decision);
    else decided.set(id, [decision]);
  }
  return new Map([...decided].map(([id, decisions]) => [id, classInForce(id, decisions)!]));
}
