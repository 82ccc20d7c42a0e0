import type { CreditOverride, CreditStanding } from '@syncline/credit';
import type { LocalDate } from '@syncline/model';
import type { CreditState, StandingRow } from '@syncline/pipeline/rate';
import type { SqlReader, SqlTransaction } from '../dialect/sql-dialect';
import { CREDIT_STANDING } from '../schema/tables';

// The standing of the day and the one before it (two rows of the primary key), beside what people decided.
const STATES =
  'SELECT k.c0 AS customer_id, s.as_of AS as_of, s.body AS standing, o.body AS decision FROM {keys} ' +
  'LEFT JOIN credit_standing s ON s.customer_id = k.c0 AND s.as_of <= ? AND s.as_of >= COALESCE(' +
  "(SELECT MAX(x.as_of) FROM credit_standing x WHERE x.customer_id = k.c0 AND x.as_of < ?), '') " +
  "LEFT JOIN credit_override o ON o.customer_id = k.c0 AND o.status = 'approved' AND o.valid_from <= ? " +
  'AND (o.valid_to IS NULL OR o.valid_to >= ?)';

interface StateRow {
  customer_id: string;
  as_of: string | null;
  standing: string | null;
  decision: string | null;
}

/** What ratings of a day start from, one entry for each customer; one statement for all. */
export async function readCreditStates(
  reader: SqlReader,
  customerIds: readonly string[],
  asOf: LocalDate,
): Promise<CreditState[]> {
  const keys = [...new Set(customerIds)].map((id) => [id]);
  const rows = await reader.queryByKeys<StateRow>(STATES, keys, { params: [asOf, asOf, asOf, asOf] });
  const states = new Map<string, CreditState>();
  const decisions = new Map<string, Map<string, CreditOverride>>();
  for (const row of rows) {
    const id = row.customer_id;
    const state = states.get(id) ?? { customerId: id, opening: null, today: null, overrides: [] };
    states.set(id, state);
    if (row.standing !== null) {
      if (row.as_of === asOf) state.today ??= JSON.parse(row.standing) as CreditStanding;
      else state.opening ??= JSON.parse(row.standing) as CreditStanding;
    }
    if (row.decision === null) continue;
    // Two standings repeat each decision.
    const override = JSON.parse(row.decision) as CreditOverride;
    const known = decisions.get(id) ?? new Map<string, CreditOverride>();
    decisions.set(id, known.set(override.id, override));
  }
  for (const [id, known] of decisions) states.get(id)?.overrides.push(...known.values());
  return [...states.values()];
}

export async function saveStandings(tx: SqlTransaction, rows: readonly StandingRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.upsert(
    CREDIT_STANDING,
    rows.map(({ customerId, asOf, standing }) => ({ customer_id: customerId, as_of: asOf, body: standing })),
  );
}
