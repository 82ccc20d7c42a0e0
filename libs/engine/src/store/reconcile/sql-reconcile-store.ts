import type { AccountRef, ReconcileStore, ReconcileTx } from '@syncline/pipeline/reconcile';
import type { InputPosition } from '@syncline/pipeline/shared';
import { Mutex } from '../dialect/mutex';
import type { SqlDialect, SqlTransaction } from '../dialect/sql-dialect';
import { SqlOutboxWriter } from '../outbox/sql-outbox';
import type { Row } from '../schema/table';
import { INPUT_POSITION } from '../schema/tables';
import { transactStage } from '../unit-of-work';
import type { ReconcileCache } from './reconcile-cache';
import type { RecordKeys } from './record-keys';
import { SqlAccountTable } from './sql-account-table';
import { SqlCustomerTable } from './sql-customer-table';
import { SqlDocumentTable } from './sql-document-table';
import { SqlMatchTable } from './sql-match-table';
import { SqlRecordTable } from './sql-record-table';

const STAGE = 'reconcile';

/** Where people's decisions are counted: they change accounts and customers beside the records topic. */
const DECISIONS = { stage: STAGE, topic: '(decisions)', partition_no: 0 };

type Work = (tx: ReconcileTx, firstOffset: number) => Promise<void>;

export class SqlReconcileStore implements ReconcileStore {
  private readonly transactions = new Mutex();

  /** @param cache only where no other process writes the same tables */
  constructor(
    private readonly dialect: SqlDialect,
    private readonly cache?: ReconcileCache,
  ) {}

  async transact(position: InputPosition | null, work: Work): Promise<void> {
    await this.run(position, work, position === null);
  }

  async transactBetween(work: (tx: ReconcileTx) => Promise<void>): Promise<void> {
    await this.run(null, work, false);
  }

  accountsAfter(after: AccountRef | null, limit: number): Promise<AccountRef[]> {
    const { system, key } = after ?? { system: '', key: '' };
    return this.dialect.reader.query<AccountRef & Row>(
      `SELECT t.system, t."key" FROM account t WHERE t.system > ? OR (t.system = ? AND t."key" > ?) ` +
        `ORDER BY t.system, t."key" ${this.dialect.page(limit)}`,
      [system, system, key],
    );
  }

  /** @param isForeign another thread or process than the one that handles the batches */
  private async run(position: InputPosition | null, work: Work, isForeign: boolean): Promise<void> {
    const { cache, dialect } = this;
    if (cache) return this.transactions.run(() => this.cached(position, work, cache, isForeign));
    await transactStage(dialect, STAGE, position, (tx, first) => work(reconcileTx(tx, dialect), first));
  }

  private async cached(
    position: InputPosition | null,
    work: Work,
    cache: ReconcileCache,
    isForeign: boolean,
  ): Promise<void> {
    const { dialect } = this;
    try {
      await transactStage(dialect, STAGE, position, async (tx, first) => {
        const epoch = await decisionsCounted(tx);
        const keys = await cache.recordKeys(tx);
        if (isForeign) {
          // Another thread reconciles: what this one has learnt from earlier decisions is out of date.
          await countDecision(tx, epoch + 1);
          return work(reconcileTx(tx, dialect, keys), first);
        }
        cache.begin(epoch);
        await work(reconcileTx(tx, dialect, keys, cache), first);
      });
      cache.commit();
    } catch (error) {
      cache.rollBack();
      throw error;
    }
  }
}

async function decisionsCounted(tx: SqlTransaction): Promise<number> {
  const { stage, topic, partition_no } = DECISIONS;
  const [row] = await tx.selectByKeys<{ next_offset: number }>(INPUT_POSITION, INPUT_POSITION.key, [
    [stage, topic, partition_no],
  ]);
  return row?.next_offset ?? 0;
}

function countDecision(tx: SqlTransaction, count: number): Promise<void> {
  return tx.upsert(INPUT_POSITION, [{ ...DECISIONS, next_offset: count }]);
}

function reconcileTx(
  tx: SqlTransaction,
  dialect: SqlDialect,
  keys: RecordKeys | null = null,
  cache?: ReconcileCache,
): ReconcileTx {
  const page = (limit: number): string => dialect.page(limit);
  return {
    records: new SqlRecordTable(tx, keys, cache?.records),
    documents: new SqlDocumentTable(tx),
    accounts: new SqlAccountTable(tx, cache),
    matches: new SqlMatchTable(tx, page),
    customers: new SqlCustomerTable(tx, page, cache?.customers),
    outbox: new SqlOutboxWriter(tx, STAGE),
  };
}
