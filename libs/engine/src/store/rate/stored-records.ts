import type { RecordId, RecordKind } from '@syncline/model';
import type { StoredRecord } from '@syncline/pipeline/reconcile';
import type { SqlReader } from '../dialect/sql-dialect';
import { RECORD } from '../schema/tables';

const REFERRERS =
  'SELECT t.body AS body FROM {keys} JOIN record_ref r ON r.system = k.c0 AND r.target_kind = k.c1 ' +
  'AND r.target_key = k.c2 AND r.kind = k.c3 ' +
  'JOIN record t ON t.system = r.system AND t.kind = r.kind AND t."key" = r."key" WHERE t.deleted = 0';

/** Records by their ids, deleted ones too. */
export function readRecords(reader: SqlReader, ids: readonly RecordId[]): Promise<StoredRecord[]> {
  return reader.bodies(RECORD, RECORD.key, distinct(ids.map(({ system, kind, key }) => [system, kind, key])));
}

/** Records of these kinds that refer to any of the targets, each once, without deleted ones. */
export async function readReferrers(
  reader: SqlReader,
  targets: readonly RecordId[],
  kinds: readonly RecordKind[],
): Promise<StoredRecord[]> {
  const keys = targets.flatMap(({ system, kind, key }) => kinds.map((from) => [system, kind, key, from]));
  if (keys.length === 0) return [];
  const rows = await reader.queryByKeys<{ body: string }>(REFERRERS, distinct(keys));
  const records = rows.map(({ body }) => JSON.parse(body) as StoredRecord);
  return [...new Map(records.map((record) => [`${record.system}/${record.kind}/${record.key}`, record])).values()];
}

function distinct(keys: string[][]): string[][] {
  return [...new Map(keys.map((key) => [key.join('\0'), key])).values()];
}
