import { Big, canonicalDecimal, type Decimal } from '@syncline/model';

export interface MatchedLine {
  ordered: Decimal;
  orderPrice: Decimal;
  delivered: Decimal;
  invoiced: Decimal;
  /** Null while nothing is invoiced. */
  invoicePrice: Decimal | null;
  /** Tax as a fraction, for gross values; default 0. */
  tax?: Decimal;
  /** Billed ahead on purpose: then invoicing before delivery is no finding. */
  billedAhead?: boolean;
  /** Days since the oldest delivery that is not invoiced. */
  uninvoicedForDays?: number;
  /** False when the order line is not known. */
  hasOrder?: boolean;
}

export type MatchFinding =
  'OVER_DELIVERED' | 'INVOICED_NOT_DELIVERED' | 'DELIVERED_NOT_INVOICED' | 'PRICE_VARIANCE' | 'ORPHAN';

export interface MatchTolerances {
  /** Over-delivery as a fraction of the order; default 0. */
  delivery?: Decimal;
  /** Price difference as a fraction; default 0.005. */
  price?: Decimal;
  /** Days that a delivery may wait for its invoice; default 7. */
  invoiceWithinDays?: number;
}

/** Quantities are in the line's unit, values in the order currency. */
export interface LineMatch {
  /** Invoiced and not delivered, quantity. */
  overInvoiced: Decimal;
  /** (invoice price − order price) / |order price|; null without an invoice or with an order price of 0. */
  priceVariance: Decimal | null;
  /** Ordered and not delivered, at the order price, without tax. */
  undeliveredValue: Decimal;
  /** Delivered and not invoiced, at the order price, with tax. */
  deliveredNotInvoiced: Decimal;
  findings: MatchFinding[];
}

/**
 * Holds order, delivery and invoice of one order line against each other. A line ordered with a negative quantity is a
 * return: the same is found of it with the signs turned, and it has no values, because what is to come back is owed
 * until it is credited. More returned than delivered counts as nothing delivered. (Method, order, delivery, invoice.)
 */
export function matchLine(line: MatchedLine, tolerances: MatchTolerances = {}): LineMatch {
  const isReturn = new Big(line.ordered).lt(0);
  const match = matchQuantities(isReturn ? turned(line) : line, tolerances);
  return isReturn ? { ...match, undeliveredValue: '0', deliveredNotInvoiced: '0' } : match;
}

function turned(line: MatchedLine): MatchedLine {
  const neg = (quantity: Decimal): Decimal => canonicalDecimal(new Big(quantity).neg());
  return {
    ...line,
    ordered: neg(line.ordered),
    delivered: neg(line.delivered),
    invoiced: neg(line.invoiced),
  };
}

function matchQuantities(line: MatchedLine, tolerances: MatchTolerances): LineMatch {
  const ordered = new Big(line.ordered);
  const delivered = atLeastZero(new Big(line.delivered));
  const overInvoiced = atLeastZero(new Big(line.invoiced).minus(delivered));
  const waiting = atLeastZero(delivered.minus(line.invoiced));
  const variance = priceVariance(line);
  const findings: MatchFinding[] = [];
  if (line.hasOrder === false) findings.push('ORPHAN');
  else if (delivered.gt(ordered.times(new Big(1).plus(tolerances.delivery ?? 0)))) findings.push('OVER_DELIVERED');
  if (overInvoiced.gt(0) && !line.billedAhead) findings.push('INVOICED_NOT_DELIVERED');
  if (waiting.gt(0) && (line.uninvoicedForDays ?? 0) > (tolerances.invoiceWithinDays ?? 7)) {
    findings.push('DELIVERED_NOT_INVOICED');
  }
  // What was free on the order and is not on the invoice has no variance in percent, and is one all the same.
  const billedFreeLine = variance === null && line.invoicePrice !== null && !new Big(line.invoicePrice).eq(0);
  const known = line.hasOrder !== false;
  if (known && (billedFreeLine || variance?.abs().gt(tolerances.price ?? '0.005'))) findings.push('PRICE_VARIANCE');
  return {
    overInvoiced: canonicalDecimal(overInvoiced),
    priceVariance: variance && canonicalDecimal(variance),
    undeliveredValue: canonicalDecimal(atLeastZero(ordered.minus(delivered)).times(line.orderPrice)),
    deliveredNotInvoiced: canonicalDecimal(waiting.times(line.orderPrice).times(new Big(1).plus(line.tax ?? 0))),
    findings,
  };
}

function priceVariance({ invoicePrice, orderPrice }: MatchedLine): Big | null {
  const price = new Big(orderPrice);
  return invoicePrice === null || price.eq(0) ? null : new Big(invoicePrice).minus(price).div(price.abs());
}

function atLeastZero(value: Big): Big {
  return value.lt(0) ? new Big(0) : value;
}
