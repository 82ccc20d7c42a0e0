import type { CreditOverride, CreditStanding } from '@syncline/credit';
import type { LocalDate } from '@syncline/model';
import type { CreditState, StandingRow } from '@syncline/pipeline/rate';
import type { SqlReader, SqlTransaction } from '../dialect/sql-dialect';
import { CREDIT_STANDING } from '../schema/tables';
import { ITS_CUSTOMERS } from './merged-customers';

// The standing of the day and the one before it: two rows of the primary key.
const STANDINGS =
  'SELECT k.c0 AS customer_id, s.as_of AS as_of, s.body AS standing FROM {keys} ' +
  'JOIN credit_standing s ON s.customer_id = k.c0 AND s.as_of <= ? AND s.as_of >= COALESCE(' +
  "(SELECT MAX(x.as_of) FROM credit_standing x WHERE x.customer_id = k.c0 AND x.as_of < ?), '')";

const DECISIONS =
  `SELECT a.customer_id AS customer_id, o.body AS decision FROM ${ITS_CUSTOMERS} ` +
  "JOIN credit_override o ON o.customer_id = a.birth_id WHERE o.status = 'approved' AND o.valid_from <= ? " +
  'AND (o.valid_to IS NULL OR o.valid_to >= ?)';

/** What ratings of a day start from, one entry for each customer; two statements for all. */
export async function readCreditStates(
  reader: SqlReader,
  customerIds: readonly string[],
  asOf: LocalDate,
): Promise<CreditState[]> {
  const keys = [...new Set(customerIds)].map((id) => [id]);
  const states = new Map<string, CreditState>(
    keys.map(([customerId]) => [customerId, { customerId, opening: null, today: null, overrides: [] }]),
  );
  const standings = await reader.queryByKeys<{ customer_id: string; as_of: string; standing: string }>(
    STANDINGS,
    keys,
    { params: [asOf, asOf] },
  );
  for (const { customer_id: id, as_of: day, standing } of standings) {
    const state = states.get(id);
    if (state) state[day === asOf ? 'today' : 'opening'] = JSON.parse(standing) as CreditStanding;
  }
  const decisions = await reader.queryByKeys<{ customer_id: string; decision: string }>(DECISIONS, keys, {
    params: [asOf, asOf],
  });
  for (const { customer_id: id, decision } of decisions)
    states.get(id)?.overrides.push(JSON.parse(decision) as CreditOverride);
  return [...states.values()];
}

export async function saveStandings(tx: SqlTransaction, rows: readonly StandingRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.upsert(
    CREDIT_STANDING,
    rows.map(({ customerId, asOf, standing }) => ({ customer_id: customerId, as_of: asOf, body: standing })),
  );
}
