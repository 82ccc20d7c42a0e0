import { sourceVersion, type SourceVersion } from '@syncline/model';
import { ingestError } from '../errors';
import type { JsonObject } from './json';

type Part = bigint | number | string;

/**
 * The version of a row from the position that its connector gives, most significant part first; null when there
 * is none. `snapshot` reads rank below a streamed change at the same position.
 * @throws SynclineError INGEST_POSITION_INVALID
 */
export function positionOf(source: JsonObject, snapshot: boolean): SourceVersion | null {
  const parts = partsOf(source, snapshot);
  if (!parts) return null;
  try {
    return sourceVersion(parts, snapshot ? 0 : 1);
  } catch (cause) {
    throw ingestError('INGEST_POSITION_INVALID', `the position of connector ${connectorOf(source)} can not be read`, {
      cause,
    });
  }
}

function connectorOf(source: JsonObject): string {
  return typeof source.connector === 'string' ? source.connector.slice(0, 40) : 'unknown';
}

function partsOf(source: JsonObject, snapshot: boolean): Part[] | null {
  const { lsn, pos, commit_lsn: commitLsn, scn } = source;
  if (isPart(lsn) || typeof source.sequence === 'string') {
    const parts = postgres(source);
    if (parts) return parts;
  }
  if (typeof commitLsn === 'string')
    return [...lsnParts(commitLsn), ...lsnParts(source.change_lsn), whole(source.event_serial_no)];
  if (isPart(source.commitLsn)) return [source.commitLsn, whole(source.changeLsn)];
  if (isPart(scn)) return oracle(source, scn);
  if (isPart(pos) && typeof source.file === 'string') return binlog(source, source.file, pos);
  if (isPart(source.ord)) return [whole(source.ts_ms), source.ord];
  if (snapshot) return [0, whole(source.ts_ms)];
  const time = timeOf(source);
  return time === null ? null : [time];
}

const SEQUENCE = /^\[\s*(?:null|"?(\d+)"?)\s*,\s*(?:null|"?(\d+)"?)\s*\]$/;

/**
 * PostgreSQL: transactions apply in the order of their commits, and their rows interleave in the log; so first
 * the last commit before this transaction, then the row's own position. Before the connector saw its first
 * commit it names none: then the row's own position stands for it, which lies below the transaction's commit.
 */
function postgres(source: JsonObject): Part[] | null {
  const match = typeof source.sequence === 'string' ? SEQUENCE.exec(source.sequence) : null;
  const row = isPart(source.lsn) ? source.lsn : match?.[2];
  if (row === undefined) return null;
  return [match?.[1] ?? row, row];
}

/** SQL Server and Db2: three groups of hexadecimal digits. */
function lsnParts(lsn: unknown): bigint[] {
  const groups = typeof lsn === 'string' ? lsn.split(':') : [];
  // Informix writes one decimal number instead.
  const radix = groups.length === 1 && /^\d+$/.test(groups[0] ?? '') ? '' : '0x';
  const parts = groups.map((group) => (/^[0-9a-f]{1,20}$/i.test(group) ? BigInt(radix + group) : 0n));
  while (parts.length < 3) parts.push(0n);
  return parts;
}

function oracle(source: JsonObject, scn: Part): Part[] {
  const commit = isPart(source.commit_scn) ? source.commit_scn : scn;
  return [commit, scn, whole(source.txSeq)];
}

const GTID_NUMBER = /(\d{1,20})(?:-(\d{1,20}))?$/;

/** MySQL and MariaDB: the transaction number of the GTID where there is one, then file, position and row. */
function binlog(source: JsonObject, file: string, pos: Part): Part[] {
  const gtid = typeof source.gtid === 'string' ? GTID_NUMBER.exec(source.gtid) : null;
  const number = /(\d{1,20})$/.exec(file)?.[1] ?? 0;
  return [gtid ? (gtid[2] ?? gtid[1] ?? 0) : 0, number, pos, whole(source.row)];
}

/** Microseconds of the change, for connectors without a position that can be ordered. */
function timeOf(source: JsonObject): Part | null {
  if (isPart(source.ts_us)) return source.ts_us;
  return isPart(source.ts_ms) ? BigInt(source.ts_ms) * 1000n : null;
}

function isPart(value: unknown): value is number | string {
  return typeof value === 'number'
    ? Number.isSafeInteger(value) && value >= 0
    : typeof value === 'string' && /^\d{1,20}$/.test(value);
}

function whole(value: unknown): Part {
  return isPart(value) ? value : 0;
}
