import {
  refOf,
  type AccountRef,
  type MatchPairRow,
  type MatchTable,
  type PreparedAccountRow,
} from '@syncline/pipeline/reconcile';
import type { SqlTransaction } from '../dialect/sql-dialect';
import type { Row } from '../schema/table';
import { MATCH_BLOCK, MATCH_DUE, MATCH_PAIR, MATCH_PREPARED, MATCH_STATE } from '../schema/tables';
import { refKey } from './sql-document-table';

/** Counts no further than told: a block that everybody is in must not be read for each of them. */
const sizesUpTo = (page: string): string =>
  'SELECT k.c0 AS block, (SELECT COUNT(*) FROM (SELECT b.block FROM match_block b WHERE b.block = k.c0 ' +
  `ORDER BY b.system, b."key" ${page}) counted) AS size FROM {keys}`;
const STATE = 'model';
/** A weight is kept to four decimals. */
const UNITS = 10_000;

type BlockEntry = { account: AccountRef; block: string };
type BlockRow = { block: string; system: string; key: string };
type PairRow = { a_system: string; a_key: string; b_system: string; b_key: string; weight: number; verdict: string };

/** Blocks of accounts, the pairs found in them, and who has yet to be matched. */
export class SqlMatchTable implements MatchTable {
  constructor(
    private readonly tx: SqlTransaction,
    private readonly page: (limit: number) => string,
  ) {}

  async putOff(refs: AccountRef[]): Promise<void> {
    if (refs.length > 0)
      await this.tx.upsert(
        MATCH_DUE,
        refs.map((ref) => ({ ...refOf(ref) })),
      );
  }

  putOffFirst(limit: number): Promise<AccountRef[]> {
    return this.tx.query(`SELECT t.system, t."key" FROM match_due t ORDER BY t.system, t."key" ${this.page(limit)}`);
  }

  async caughtUp(refs: AccountRef[]): Promise<void> {
    if (refs.length > 0) await this.tx.deleteByKeys(MATCH_DUE, MATCH_DUE.key, refs.map(refKey));
  }

  async prepared(fingerprint: string, refs: AccountRef[]): Promise<PreparedAccountRow[]> {
    if (refs.length === 0) return [];
    const rows = await this.tx.selectByKeys<AccountRef & { fingerprint: string; body: string }>(
      MATCH_PREPARED,
      MATCH_PREPARED.key,
      refs.map(refKey),
    );
    return rows.flatMap((row) => (row.fingerprint === fingerprint ? [{ account: refOf(row), body: row.body }] : []));
  }

  async savePrepared(fingerprint: string, rows: PreparedAccountRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.tx.upsert(
      MATCH_PREPARED,
      rows.map(({ account: { system, key }, body }) => ({ system, key, fingerprint, body })),
    );
  }

  async removePrepared(refs: AccountRef[]): Promise<void> {
    if (refs.length > 0) await this.tx.deleteByKeys(MATCH_PREPARED, MATCH_PREPARED.key, refs.map(refKey));
  }

  async blocksOf(refs: AccountRef[]): Promise<BlockEntry[]> {
    if (refs.length === 0) return [];
    return (await this.tx.selectByKeys<BlockRow>(MATCH_BLOCK, ['system', 'key'], refs.map(refKey))).map(entryOf);
  }

  async saveBlocks(added: BlockEntry[], gone: BlockEntry[]): Promise<void> {
    const rowOf = ({ account: { system, key }, block }: BlockEntry): BlockRow => ({ block, system, key });
    if (gone.length > 0)
      await this.tx.deleteByKeys(
        MATCH_BLOCK,
        MATCH_BLOCK.key,
        gone.map(rowOf).map(({ block, system, key }) => [block, system, key]),
      );
    if (added.length > 0) await this.tx.upsert(MATCH_BLOCK, added.map(rowOf));
  }

  async sizes(blocks: string[], most: number): Promise<Map<string, number>> {
    if (blocks.length === 0) return new Map();
    const rows = await this.tx.queryByKeys<{ block: string; size: number }>(
      sizesUpTo(this.page(most)),
      [...new Set(blocks)].map((block) => [block]),
    );
    return new Map(rows.flatMap(({ block, size }) => (Number(size) > 0 ? [[block, Number(size)] as const] : [])));
  }

  async members(blocks: string[]): Promise<BlockEntry[]> {
    if (blocks.length === 0) return [];
    const keys = blocks.map((block) => [block]);
    return (await this.tx.selectByKeys<BlockRow>(MATCH_BLOCK, ['block'], keys)).map(entryOf);
  }

  async pairsOf(refs: AccountRef[]): Promise<MatchPairRow[]> {
    if (refs.length === 0) return [];
    const keys = refs.map(refKey);
    const a = await this.tx.selectByKeys<PairRow>(MATCH_PAIR, ['a_system', 'a_key'], keys);
    const b = await this.tx.selectByKeys<PairRow>(MATCH_PAIR, ['b_system', 'b_key'], keys);
    const pairs = [...a, ...b].map((row) => [pairKey(row).join('\0'), pairOf(row)] as const);
    return [...new Map(pairs).values()];
  }

  async savePairs(save: MatchPairRow[], remove: MatchPairRow[]): Promise<void> {
    if (remove.length > 0)
      await this.tx.deleteByKeys(
        MATCH_PAIR,
        MATCH_PAIR.key,
        remove.map((pair) => pairKey(rowOfPair(pair))),
      );
    if (save.length > 0) await this.tx.upsert(MATCH_PAIR, save.map(rowOfPair));
  }

  async fingerprint(): Promise<string | null> {
    const [row] = await this.tx.selectByKeys<{ fingerprint: string }>(MATCH_STATE, ['name'], [[STATE]]);
    return row?.fingerprint ?? null;
  }

  saveFingerprint(fingerprint: string): Promise<void> {
    return this.tx.upsert(MATCH_STATE, [{ name: STATE, fingerprint }]);
  }
}

function entryOf({ block, system, key }: BlockRow): BlockEntry {
  return { account: { system, key }, block };
}

function pairOf({ weight, verdict, ...row }: PairRow): MatchPairRow {
  return {
    a: { system: row.a_system, key: row.a_key },
    b: { system: row.b_system, key: row.b_key },
    weight: Number(weight) / UNITS,
    verdict: verdict as MatchPairRow['verdict'],
  };
}

function rowOfPair({ a, b, weight, verdict }: MatchPairRow): PairRow & Row {
  const rounded = Math.round(weight * UNITS);
  return { a_system: a.system, a_key: a.key, b_system: b.system, b_key: b.key, weight: rounded, verdict };
}

function pairKey({ a_system: aSystem, a_key: aKey, b_system: bSystem, b_key: bKey }: PairRow): string[] {
  return [aSystem, aKey, bSystem, bKey];
}
