import { fixedDecimal, type CreditRating, type LocalDate } from '@syncline/model';
import type { DeliveryAttempt } from '../../deliver/delivery-store.port';
import type { ReceivableItemRow, SalesOrderRow } from '../../reconcile/reconcile-store.port';

export interface TimelineParts {
  items: ReceivableItemRow[];
  orders: SalesOrderRow[];
  ratings: CreditRating[];
  attempts: DeliveryAttempt[];
}

/** One dated thing that happened with a customer. `place` is unique and sorts like the timeline. */
export interface TimelineEntry {
  place: string;
  on: LocalDate;
  type: 'order' | 'invoice' | 'credit' | 'settlement' | 'rating' | 'delivery';
  system: string | null;
  title: string;
  amount: string | null;
  currency: string | null;
}

/** What happened with a customer, the newest first. */
export function timelineOf(parts: TimelineParts): TimelineEntry[] {
  const entries = [
    ...parts.orders.flatMap(orderEntry),
    ...parts.items.flatMap(postingEntry),
    ...parts.items.flatMap(settlementEntry),
    ...parts.ratings.map(ratingEntry),
    ...parts.attempts.map(deliveryEntry),
  ];
  return entries.sort((a, b) => (a.place < b.place ? 1 : a.place > b.place ? -1 : 0));
}

/** An entry without its place, as the API shows it. */
export function timelineView({ place: _, ...entry }: TimelineEntry) {
  return entry;
}

function orderEntry(order: SalesOrderRow): TimelineEntry[] {
  if (order.orderedOn === null) return [];
  return [
    {
      place: `${order.orderedOn} order ${order.system}/${order.key}`,
      on: order.orderedOn,
      type: 'order',
      system: order.system,
      title: `Order ${order.number ?? order.key}, ${order.state}`,
      amount: fixedDecimal(order.orderedAmount),
      currency: order.currency,
    },
  ];
}

const ITEM_TITLES: Readonly<Record<ReceivableItemRow['type'], string>> = {
  invoice: 'Invoice',
  debit_memo: 'Debit memo',
  credit_note: 'Credit note',
  part_payment: 'Part payment',
  on_account: 'Payment on account',
};

function postingEntry(item: ReceivableItemRow): TimelineEntry[] {
  if (item.postedOn === null) return [];
  return [
    {
      place: `${item.postedOn} item ${item.system}/${item.key}`,
      on: item.postedOn,
      type: item.amount.startsWith('-') ? 'credit' : 'invoice',
      system: item.system,
      title: `${ITEM_TITLES[item.type]} ${item.number ?? item.key}`,
      amount: fixedDecimal(item.amount),
      currency: item.currency,
    },
  ];
}

function settlementEntry(item: ReceivableItemRow): TimelineEntry[] {
  if (item.settledOn === null || item.amount.startsWith('-')) return [];
  return [
    {
      place: `${item.settledOn} settled ${item.system}/${item.key}`,
      on: item.settledOn,
      type: 'settlement',
      system: item.system,
      title: `${ITEM_TITLES[item.type]} ${item.number ?? item.key} settled`,
      amount: fixedDecimal(item.amount),
      currency: item.currency,
    },
  ];
}

function ratingEntry(rating: CreditRating): TimelineEntry {
  const limit = rating.limit === null ? 'no limit' : `limit ${rating.limit} ${rating.currency}`;
  return {
    place: `${rating.asOf} rating ${String(rating.version).padStart(8, '0')}`,
    on: rating.asOf,
    type: 'rating',
    system: null,
    title: `Rated ${rating.grade}, ${rating.termDays} days, ${limit}, hold ${rating.hold}`,
    amount: rating.limit,
    currency: rating.currency,
  };
}

function deliveryEntry(attempt: DeliveryAttempt): TimelineEntry {
  return {
    place: `${attempt.at.slice(0, 10)} sent ${attempt.at} ${attempt.target}/${attempt.accountKey}`,
    on: attempt.at.slice(0, 10),
    type: 'delivery',
    system: attempt.target,
    title: `Rating ${attempt.version} to ${attempt.target}: ${attempt.outcome}`,
    amount: null,
    currency: null,
  };
}
