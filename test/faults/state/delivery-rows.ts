import type { DeliveryRow } from '../target/target-flaws';
import type { StateReader, StoredRow } from './state-reader';

interface RatingBody {
  version: number;
  grade: string | null;
  termDays: number;
  limit: string | null;
  hold: string;
}

/** Deliveries with the ratings that are in force for their accounts' customers. */
export async function deliveryRows(state: StateReader): Promise<DeliveryRow[]> {
  const ratings = new Map<string, RatingBody>();
  for (const { customer_id: id, body } of await state.rows('SELECT customer_id, body FROM rating WHERE is_current = 1'))
    ratings.set(String(id), (typeof body === 'string' ? JSON.parse(body) : body) as RatingBody);
  const sql = `SELECT d.target, d.account_key, d.state, d.confirmed_version, a.customer_id FROM delivery d
    JOIN account a ON d.target = a.system || '-credit' AND d.account_key = a.key`;
  return (await state.rows(sql)).map((row) => deliveryOf(row, ratings.get(String(row['customer_id']))));
}

function deliveryOf(row: StoredRow, rating: RatingBody | undefined): DeliveryRow {
  const system = String(row['target']).replace(/-credit$/, '');
  const version = row['confirmed_version'];
  return {
    account: `${system}/${String(row['account_key'])}`,
    customer: String(row['customer_id']),
    state: String(row['state']),
    confirmedVersion: version === null ? null : Number(version),
    desired: rating
      ? {
          version: rating.version,
          grade: rating.grade,
          days: rating.termDays,
          limit: rating.limit,
          hold: rating.hold,
        }
      : null,
  };
}
