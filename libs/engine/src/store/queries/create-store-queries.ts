import type {
  ApiKeyStore,
  AuditLog,
  CustomerQueries,
  DeadLetterQueries,
  DeliveryQueries,
  DocumentQueries,
  InsightQueries,
  MatchQueries,
  RatingQueries,
  ReconciliationQueries,
  RecordQueries,
} from '@syncline/pipeline/publish';
import type { IdentityDecision } from '@syncline/pipeline/reconcile';
import type { SqlDialect } from '../dialect/sql-dialect';
import { SqlApiKeyStore } from './sql-api-key-store';
import { SqlAuditLog } from './sql-audit-log';
import { SqlCustomerQueries } from './sql-customer-queries';
import { SqlDeadLetterQueries } from './sql-dead-letter-queries';
import { SqlDeliveryQueries } from './sql-delivery-queries';
import { SqlDocumentQueries } from './sql-document-queries';
import { SqlInsightQueries } from './sql-insight-queries';
import { listIdentityDecisions } from './sql-identity-decision-list';
import { SqlMatchQueries } from './sql-match-queries';
import { SqlRatingQueries } from './sql-rating-queries';
import { SqlReconciliationQueries } from './sql-reconciliation-queries';
import { SqlRecordQueries } from './sql-record-queries';

/** What the publish stage reads and writes of the store. */
export interface StoreQueries {
  readonly customers: CustomerQueries;
  readonly documents: DocumentQueries;
  readonly records: RecordQueries;
  readonly ratings: RatingQueries;
  readonly reconciliation: ReconciliationQueries;
  readonly insights: InsightQueries;
  readonly matches: MatchQueries;
  readonly deliveries: DeliveryQueries;
  readonly deadLetters: DeadLetterQueries;
  readonly apiKeys: ApiKeyStore;
  readonly audit: AuditLog;
  identityDecisions(limit: number): Promise<IdentityDecision[]>;
}

/** The queries on an open store: `createStoreQueries(store.dialect)`. */
export function createStoreQueries(dialect: SqlDialect): StoreQueries {
  return {
    customers: new SqlCustomerQueries(dialect),
    documents: new SqlDocumentQueries(dialect),
    records: new SqlRecordQueries(dialect),
    ratings: new SqlRatingQueries(dialect),
    reconciliation: new SqlReconciliationQueries(dialect),
    insights: new SqlInsightQueries(dialect),
    matches: new SqlMatchQueries(dialect),
    deliveries: new SqlDeliveryQueries(dialect),
    deadLetters: new SqlDeadLetterQueries(dialect),
    apiKeys: new SqlApiKeyStore(dialect),
    audit: new SqlAuditLog(dialect),
    identityDecisions: (limit) => listIdentityDecisions(dialect, limit),
  };
}
