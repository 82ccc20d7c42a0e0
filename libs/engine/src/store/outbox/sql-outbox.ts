import { pack, unpack } from 'msgpackr';
import type { OutboxEntry, OutboxReader, OutboxWriter, TopicMessages } from '@syncline/pipeline/shared';
import type { SqlDialect, SqlTransaction } from '../dialect/sql-dialect';
import { OUTBOX } from '../schema/tables';

/** Appends to the outbox inside a stage's transaction: one row for all messages of a call. */
export class SqlOutboxWriter implements OutboxWriter {
  constructor(
    private readonly tx: SqlTransaction,
    private readonly stage: string,
  ) {}

  async append(batches: TopicMessages[]): Promise<void> {
    const filled = batches.filter(({ messages }) => messages.length > 0);
    if (filled.length === 0) return;
    await this.tx.execute('INSERT INTO outbox (stage, messages) VALUES (?, ?)', [this.stage, pack(filled)]);
  }
}

/** The relay's side. Ids grow in commit order because a stage's transactions run one after the other. */
export class SqlOutboxReader implements OutboxReader {
  constructor(private readonly dialect: SqlDialect) {}

  exclusively<T>(stage: string, work: () => Promise<T>): Promise<T | null> {
    return this.dialect.exclusively(`outbox:${stage}`, work);
  }

  async read(stage: string, limit: number): Promise<OutboxEntry[]> {
    const rows = await this.dialect.reader.query<{ id: number | string; messages: Uint8Array }>(
      `SELECT id, messages FROM outbox WHERE stage = ? ORDER BY id ${this.dialect.page(limit)}`,
      [stage],
    );
    return rows.map(({ id, messages }) => ({ id: Number(id), batches: unpack(messages) as TopicMessages[] }));
  }

  async remove(stage: string, ids: number[]): Promise<void> {
    if (ids.length === 0) return;
    const keys = ids.map((id) => [id]);
    // Entries that come back are appended again, as after a crash before their removal.
    const options = { lock: `outbox-remove:${stage}`, durable: false };
    await this.dialect.transaction((tx) => tx.deleteByKeys(OUTBOX, ['id'], keys), options);
  }
}
