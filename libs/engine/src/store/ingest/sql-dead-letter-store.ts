import { createHash } from 'node:crypto';
import type { Instant } from '@syncline/model';
import {
  isClosed,
  isSameMessage,
  type DeadLetter,
  type DeadLetterStatus,
  type DeadLetterStore,
} from '@syncline/pipeline/ingest';
import type { SqlDialect } from '../dialect/sql-dialect';
import type { Row } from '../schema/table';
import { DEAD_LETTER } from '../schema/tables';
import { letterOf, letterRow, type DeadLetterRow } from './dead-letter-row';

const LOCK = 'dead-letters';
const OPEN = "t.status = 'open'";

const FIRST_OPEN = `
  SELECT t.parking_hash, MIN(t.offset_no) AS first_offset
  FROM {keys} JOIN dead_letter t ON t.parking_hash = k.c0
  WHERE t.status = 'open' AND t.partition_no = ?
  GROUP BY t.parking_hash`;

const KNOWN = ['id', 'attempts', 'first_failed_at', 'message_at', 'value_bytes', 'status', 'status_at'] as const;
type KnownLetter = Pick<DeadLetterRow, (typeof KNOWN)[number]>;

interface FirstOpenRow {
  parking_hash: string;
  /** Text where the driver gives wide integers so. */
  first_offset: number | string;
}

export class SqlDeadLetterStore implements DeadLetterStore {
  constructor(private readonly dialect: SqlDialect) {}

  async save(letters: DeadLetter[]): Promise<void> {
    if (letters.length === 0) return;
    await this.dialect.transaction(
      async (tx) => {
        const unique = [...new Map(letters.map((letter) => [letter.id, letter])).values()];
        const known = await tx.selectByKeys<KnownLetter>(
          DEAD_LETTER,
          ['id'],
          unique.map(({ id }) => [id]),
          { columns: KNOWN },
        );
        const before = new Map(known.map((row) => [row.id, row]));
        await tx.upsert(
          DEAD_LETTER,
          unique.map((letter) => repeated(letter, before.get(letter.id))),
        );
      },
      { lock: LOCK },
    );
  }

  async anyOpen(): Promise<boolean> {
    const page = this.dialect.page(1);
    const open = "SELECT last_failed_at FROM dead_letter WHERE status = 'open' ORDER BY last_failed_at";
    return (await this.dialect.reader.query(`${open} ${page}`)).length > 0;
  }

  async firstOpen(parkingKeys: string[], partition: number): Promise<Map<string, number>> {
    const byHash = new Map(parkingKeys.map((key) => [parkingHash(key), key]));
    const keys = [...byHash.keys()].map((hash) => [hash]);
    const rows = await this.dialect.reader.queryByKeys<FirstOpenRow>(FIRST_OPEN, keys, { params: [partition] });
    return new Map(rows.map((row) => [byHash.get(row.parking_hash) ?? '', Number(row.first_offset)]));
  }

  async find(ids: string[]): Promise<DeadLetter[]> {
    const keys = [...new Set(ids)].map((id) => [id]);
    const rows = await this.dialect.reader.selectByKeys<DeadLetterRow>(DEAD_LETTER, ['id'], keys);
    return rows.map(letterOf);
  }

  async ofKey(parkingKey: string): Promise<DeadLetter[]> {
    const keys = [[parkingHash(parkingKey)]];
    const rows = await this.dialect.reader.selectByKeys<DeadLetterRow>(DEAD_LETTER, ['parking_hash'], keys, {
      where: OPEN,
    });
    return rows.map(letterOf).sort((a, b) => a.partition - b.partition || a.offset - b.offset);
  }

  async setStatus(ids: string[], status: DeadLetterStatus, at: Instant): Promise<void> {
    if (ids.length === 0) return;
    const rows = [...new Set(ids)].map((id) => ({ id, status, status_at: at }));
    await this.dialect.transaction((tx) => tx.update(DEAD_LETTER, rows, ['status', 'status_at']), { lock: LOCK });
  }
}

/**
 * The first failure stays what it was; the attempt is counted and the newest cause stands. A letter that was closed stays
 * closed when the same message comes again (a redelivery, offsets that were lost): its key must not be parked anew.
 * Another message at its place, on a topic that was made anew, is a letter of its own.
 */
function repeated(letter: DeadLetter, before: KnownLetter | undefined): Row {
  const row = letterRow(letter, letter.parkingKey === null ? null : parkingHash(letter.parkingKey));
  if (!before) return { ...row };
  const known = { timestamp: Number(before.message_at), value: before.value_bytes, status: before.status };
  if (!isSameMessage(letter, known)) return { ...row };
  const closed = isClosed(known) ? { status: before.status, status_at: before.status_at } : {};
  return { ...row, attempts: before.attempts + 1, first_failed_at: before.first_failed_at, ...closed };
}

function parkingHash(parkingKey: string): string {
  return createHash('sha256').update(parkingKey).digest('hex');
}
