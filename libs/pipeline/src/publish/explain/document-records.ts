import { recordIdText, type Decimal, type LocalDate, type RecordId } from '@syncline/model';
import type { ReceivableItemRow, SalesOrderRow } from '../../reconcile/reconcile-store.port';
import type { RecordProvenance } from '../ports/customer-queries.port';
import type { RecordQueries } from '../ports/record-queries.port';

/** A document behind a number, before its records are looked up. */
export interface ExplainedDocument {
  type: string;
  system: string;
  key: string;
  number: string | null;
  on: LocalDate | null;
  /** What it adds to the explained value. */
  amount: Decimal | null;
  currency: string | null;
}

/** A record with where its present version came from. */
export function recordView(record: RecordProvenance) {
  return {
    system: record.system,
    kind: record.kind,
    key: record.key,
    deleted: record.deleted,
    topic: record.origin.topic,
    partition: record.origin.partition,
    offset: record.origin.offset,
    mapping: record.origin.mapping,
    changed_at: record.origin.changedAt ?? null,
    fields: record.fields,
  };
}

export type RecordView = ReturnType<typeof recordView>;

/** The records that each item was joined from: its own, its posting, invoice and settlement, and applications. */
export async function recordsOfItems(
  items: readonly ReceivableItemRow[],
  queries: RecordQueries,
): Promise<RecordView[][]> {
  const ids = items.map((item): RecordId => ({ system: item.system, kind: 'receivable_item', key: item.key }));
  const own = await queries.find(ids);
  const related = await queries.find(
    own.flatMap((record) => REFERENCES.flatMap(([name, kind]) => target(record, name, kind))),
  );
  const applications = await queries.referrers(ids, ['application']);
  const found = indexed([...own, ...related]);
  return ids.map((id) => {
    const record = found.get(recordIdText(id));
    if (!record) return [];
    const refs = REFERENCES.flatMap(([name, kind]) => target(record, name, kind)).map((ref) =>
      found.get(recordIdText(ref)),
    );
    const applied = applications.filter(({ system, refs: { item } }) => system === id.system && item === id.key);
    return present([record, ...refs, ...applied]).map(recordView);
  });
}

const REFERENCES = [
  ['posting', 'posting'],
  ['invoice', 'invoice'],
  ['settlement', 'settlement'],
] as const;

/** The records that each order was joined from: its own, its lines, their deliveries and invoice lines. */
export async function recordsOfOrders(
  orders: readonly SalesOrderRow[],
  queries: RecordQueries,
): Promise<RecordView[][]> {
  const orderIds = orders.map((order): RecordId => ({ system: order.system, kind: 'order', key: order.key }));
  const lineIds = orders.map((order) =>
    order.lines.map((line): RecordId => ({ system: order.system, kind: 'order_line', key: line.key })),
  );
  const found = indexed(await queries.find([...orderIds, ...lineIds.flat()]));
  const progress = await queries.referrers(lineIds.flat(), ['delivery', 'invoice_line']);
  return orders.map((order, index) => {
    const lines = new Set(order.lines.map(({ key }) => key));
    const own = [orderIds[index], ...lineIds[index]].map((id) => found.get(recordIdText(id)));
    const made = progress.filter(({ system, refs }) => system === order.system && lines.has(refs.order_line ?? ''));
    return present([...own, ...made]).map(recordView);
  });
}

function target(record: RecordProvenance, name: string, kind: RecordId['kind']): RecordId[] {
  const key = record.refs[name];
  return typeof key === 'string' ? [{ system: record.system, kind, key }] : [];
}

function indexed(records: readonly RecordProvenance[]): Map<string, RecordProvenance> {
  return new Map(records.map((record) => [recordIdText(record), record]));
}

function present(records: readonly (RecordProvenance | undefined)[]): RecordProvenance[] {
  return records.filter((record) => record !== undefined);
}
