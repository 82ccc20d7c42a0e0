import type { ReconcileStore, ReconcileTx } from '@syncline/pipeline/reconcile';
import type { InputPosition } from '@syncline/pipeline/shared';
import type { SqlDialect, SqlTransaction } from '../dialect/sql-dialect';
import { SqlOutboxWriter } from '../outbox/sql-outbox';
import { transactStage } from '../unit-of-work';
import { SqlAccountTable } from './sql-account-table';
import { SqlCustomerTable } from './sql-customer-table';
import { SqlDocumentTable } from './sql-document-table';
import { SqlRecordTable } from './sql-record-table';

const STAGE = 'reconcile';

export class SqlReconcileStore implements ReconcileStore {
  constructor(private readonly dialect: SqlDialect) {}

  async transact(
    position: InputPosition | null,
    work: (tx: ReconcileTx, firstOffset: number) => Promise<void>,
  ): Promise<void> {
    await transactStage(this.dialect, STAGE, position, (tx, first) => work(reconcileTx(tx), first));
  }
}

function reconcileTx(tx: SqlTransaction): ReconcileTx {
  return {
    records: new SqlRecordTable(tx),
    documents: new SqlDocumentTable(tx),
    accounts: new SqlAccountTable(tx),
    customers: new SqlCustomerTable(tx),
    outbox: new SqlOutboxWriter(tx, STAGE),
  };
}
