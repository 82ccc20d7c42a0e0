import { Big, canonicalDecimal, type Decimal } from '@syncline/model';

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
