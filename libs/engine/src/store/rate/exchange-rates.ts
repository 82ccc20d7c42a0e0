import { canonicalDecimal } from '@syncline/model';
import type { DatedRate } from '@syncline/pipeline/rate';
import type { StoredRecord } from '@syncline/pipeline/reconcile';
import type { SqlReader } from '../dialect/sql-dialect';

const RATES =
  "SELECT t.system AS system, t.body AS body FROM record t WHERE t.kind = 'exchange_rate' AND t.deleted = 0";

/** All exchange rates that the systems have. */
export async function readExchangeRates(reader: SqlReader): Promise<DatedRate[]> {
  const rows = await reader.query<{ system: string; body: string }>(RATES);
  return rows.flatMap(({ system, body }) => datedRate(system, (JSON.parse(body) as StoredRecord).fields));
}

/** Incomplete rates are left out: the record stands in the store and can be looked at. */
function datedRate(system: string, fields: StoredRecord['fields']): DatedRate[] {
  const { currency, valid_from: validFrom, rate } = fields;
  if (typeof currency !== 'string' || typeof validFrom !== 'string' || typeof rate !== 'string') return [];
  return [{ system, currency, validFrom, rate: canonicalDecimal(rate) }];
}
