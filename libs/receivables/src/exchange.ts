import { Big, canonicalDecimal, type Decimal, type LocalDate } from '@syncline/model';
import type { Ledger } from './ledger/ledger-as-of';
import type { KnownTime } from './ledger/ledger-entry';
import type { EventOf } from './ledger/ledger-event';

/** An item in a foreign currency. Rates are system currency for one unit of the document currency. */
export interface ForeignItem {
  /** Open, in the document currency. */
  open: Decimal;
  /** The rate at which it stands in the books. */
  carryingRate: Decimal;
}

/** The open amount in the books: open × carrying rate, in the system currency. */
export function carryingAmount({ open, carryingRate }: ForeignItem): Decimal {
  return canonicalDecimal(new Big(open).times(carryingRate));
}

/**
 * Gain (positive) or loss that closing the books at `closingRate` shows, in the system currency. It is reversed
 * on the next period's first day, so it never changes the carrying rate.
 */
export function unrealisedDifference({ open, carryingRate }: ForeignItem, closingRate: Decimal): Decimal {
  return canonicalDecimal(new Big(closingRate).minus(carryingRate).times(open));
}

/** Gain (positive) or loss on what was settled, in the system currency, and the item as it stands afterwards. */
export function settleForeign(
  item: ForeignItem,
  settled: Decimal,
  settlementRate: Decimal,
): { realised: Decimal; item: ForeignItem } {
  return {
    realised: canonicalDecimal(new Big(settlementRate).minus(item.carryingRate).times(settled)),
    item: { open: canonicalDecimal(new Big(item.open).minus(settled)), carryingRate: item.carryingRate },
  };
}

/** Closing the books in foreign currency. */
export interface Revaluation {
  /** The unrealised differences, and their reversals on the next period's first day. */
  events: EventOf<'exchange_difference'>[];
  /** Currencies with something open and without a closing or booking rate, sorted: those lines are not revalued. */
  missingRates: string[];
}

/**
 * The events that revaluing the open lines of a ledger posts: open × (closing rate − carrying rate) for each line in
 * another currency than `systemCurrency`, taken back on `reversedOn`. A line without a difference has no event; ids
 * come from line and day, so that doing it twice is doing it once. (Method, Receivables, currency.)
 */
export function revalue(
  { lines, asOf }: Pick<Ledger, 'lines' | 'asOf'>,
  systemCurrency: string,
  closingRates: Readonly<Record<string, Decimal | undefined>>,
  { reversedOn, knownAt }: { reversedOn: LocalDate; knownAt: KnownTime },
): Revaluation {
  const events: Revaluation['events'] = [];
  const missing = new Set<string>();
  for (const { key, currency, openAmount, carryingRate } of lines) {
    if (currency === systemCurrency || openAmount === '0') continue;
    const rate = closingRates[currency];
    if (rate === undefined || carryingRate === null) {
      missing.add(currency);
      continue;
    }
    const amount = unrealisedDifference({ open: openAmount, carryingRate }, rate);
    if (amount === '0') continue;
    const event = { type: 'exchange_difference', entryKey: key, kind: 'unrealised', knownAt } as const;
    events.push({ ...event, id: `revaluation/${asOf}/${key}`, on: asOf, amount });
    const back = canonicalDecimal(new Big(amount).neg());
    events.push({ ...event, id: `revaluation/${asOf}/${key}/reversed`, on: reversedOn, amount: back });
  }
  return { events, missingRates: [...missing].sort() };
}
