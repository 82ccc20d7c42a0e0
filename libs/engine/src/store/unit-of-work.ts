import type { InputPosition } from '@syncline/pipeline/shared';
import type { SqlDialect, SqlTransaction, TransactionOptions } from './dialect/sql-dialect';
import { INPUT_POSITION } from './schema/tables';

/**
 * One transaction of a stage together with its input position. All transactions of a stage on one store run one
 * after the other (ADR 0002), so reading the position and moving it can't be torn apart: a zombie that comes late
 * finds its batch applied, and `work` is not called.
 *
 * A position below the batch's start means that messages were skipped or the position was rewound; the batch is
 * applied all the same. `work` gets the first offset that still counts.
 * @returns what `work` gives; undefined when the whole batch was applied before
 */
export function transactStage<T>(
  dialect: SqlDialect,
  stage: string,
  position: InputPosition | null,
  work: (tx: SqlTransaction, firstOffset: number) => Promise<T>,
  options: Pick<TransactionOptions, 'readFirst'> = {},
): Promise<T | undefined> {
  return dialect.transaction(
    async (tx) => {
      if (!position) return work(tx, 0);
      const stored = await readPosition(tx, position);
      if (stored >= position.next) return undefined;
      const result = await work(tx, Math.max(position.from, stored));
      await tx.upsert(INPUT_POSITION, [positionRow(position)]);
      return result;
    },
    { lock: stage, ...options },
  );
}

async function readPosition(tx: SqlTransaction, position: InputPosition): Promise<number> {
  const rows = await tx.selectByKeys<{ next_offset: number }>(
    INPUT_POSITION,
    ['stage', 'topic', 'partition_no'],
    [[position.stage, position.topic, position.partition]],
    { columns: ['next_offset'] },
  );
  return rows[0]?.next_offset ?? 0;
}

function positionRow({ stage, topic, partition, next }: InputPosition): Record<string, unknown> {
  return { stage, topic, partition_no: partition, next_offset: next };
}
