import type { PolicyStore, StoredPolicy } from '@syncline/pipeline/rate';
import type { SqlDialect, SqlTransaction } from '../dialect/sql-dialect';
import { CREDIT_POLICY } from '../schema/tables';
import { SqlRateTx } from './sql-rate-tx';

/** Every policy that there was. */
export class SqlPolicyStore implements PolicyStore {
  constructor(private readonly dialect: SqlDialect) {}

  async list(): Promise<StoredPolicy[]> {
    const rows = await this.dialect.reader.query<{ body: string }>(
      'SELECT body FROM credit_policy ORDER BY registered_at, digest',
    );
    return rows.map(({ body }) => JSON.parse(body) as StoredPolicy);
  }

  save(policy: StoredPolicy): Promise<void> {
    return this.dialect.transaction((tx) => save(tx, policy));
  }

  /** Alone among rate transactions: no batch under way marks customers as rated by the policy before. */
  apply(policy: StoredPolicy): Promise<void> {
    return this.dialect.transaction(
      async (tx) => {
        await save(tx, policy);
        await tx.execute('UPDATE customer SET evaluated_on = NULL WHERE evaluated_on IS NOT NULL');
      },
      { lock: SqlRateTx.STAGE },
    );
  }
}

function save(tx: SqlTransaction, policy: StoredPolicy): Promise<void> {
  return tx.upsert(CREDIT_POLICY, [
    {
      digest: policy.digest,
      policy: policy.id,
      policy_version: policy.version,
      effective_from: policy.effectiveFrom,
      status: policy.status,
      registered_at: policy.registeredAt,
      body: policy,
    },
  ]);
}
