import { RECORD_CATALOGUE, type RecordId, type RecordKind } from '@syncline/model';
import type { RecordProvenance, RecordQueries, WaitingCount } from '@syncline/pipeline/publish';
import type { SqlDialect } from '../dialect/sql-dialect';
import { readRecords, readReferrers } from '../rate/stored-records';

const MISSING =
  'FROM record_ref r JOIN record s ON s.system = r.system AND s.kind = r.kind AND s."key" = r."key" AND s.deleted = 0 ' +
  'LEFT JOIN record t ON t.system = r.system AND t.kind = r.target_kind AND t."key" = r.target_key WHERE t."key" IS NULL';

const WAITING =
  'SELECT r.system AS system, r.kind AS kind, r.name AS name, r.target_kind AS target_kind, COUNT(*) AS n ' +
  `${MISSING} GROUP BY r.system, r.kind, r.name, r.target_kind ORDER BY r.system, r.kind, r.name`;

const EXAMPLES =
  `SELECT r."key" AS "key", r.target_key AS target_key ${MISSING} ` +
  'AND r.system = ? AND r.kind = ? AND r.name = ? ORDER BY r."key"';

interface WaitingRow {
  system: string;
  kind: RecordKind;
  name: string;
  target_kind: RecordKind;
  n: number | string;
}

export class SqlRecordQueries implements RecordQueries {
  constructor(private readonly dialect: SqlDialect) {}

  find(ids: RecordId[]): Promise<RecordProvenance[]> {
    return readRecords(this.dialect.reader, ids);
  }

  referrers(targets: RecordId[], kinds: RecordKind[]): Promise<RecordProvenance[]> {
    return readReferrers(this.dialect.reader, targets, kinds);
  }

  async waiting(examples: number): Promise<WaitingCount[]> {
    const rows = await this.dialect.reader.query<WaitingRow>(WAITING);
    const counts: WaitingCount[] = [];
    for (const row of rows) counts.push(await this.waitingCount(row, examples));
    return counts;
  }

  private async waitingCount(
    { system, kind, name, target_kind: to, n }: WaitingRow,
    examples: number,
  ): Promise<WaitingCount> {
    const sql = `${EXAMPLES} ${this.dialect.page(examples)}`;
    const rows = await this.dialect.reader.query<{ key: string; target_key: string }>(sql, [system, kind, name]);
    return {
      system,
      kind,
      reference: name,
      to,
      required: RECORD_CATALOGUE[kind].references[name]?.required ?? false,
      count: Number(n),
      examples: rows.map(({ key, target_key: waitsFor }) => ({ key, waitsFor })),
    };
  }
}
