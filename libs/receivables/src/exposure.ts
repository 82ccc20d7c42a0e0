import { Big, canonicalDecimal, type Decimal, type LocalDate } from '@syncline/model';
import { dayNumber } from './day-number';
import { ExactSum } from './exact-sum';
import type { LedgerItem, OpenOrder } from './ledger-item';
import { openAmountOn } from './open-amount';

/** The parts of what a customer could still fail to pay; all positive, in one currency. */
export interface ExposureParts {
  openItems: Decimal;
  disputedItems: Decimal;
  unappliedCash: Decimal;
  unappliedCreditMemos: Decimal;
  bankAcceptanceUnmatured: Decimal;
  commercialAcceptanceUnmatured: Decimal;
  deliveredNotInvoicedGross: Decimal;
  openOrdersGross: Decimal;
  orderDeposits: Decimal;
}

/** What each part counts for: 1 in full, 0 not at all, -1 taken off. Exact decimals of the policy. */
export type ExposureFactors = Readonly<Record<keyof ExposureParts, number>>;

export interface ExposureOptions {
  asOf: LocalDate;
  /** Orders to be delivered later than this many days from `asOf` don't count; null = all count. */
  horizonDays: number | null;
}

/**
 * The parts of the exposure from ledger and open orders of one currency. The three parts of the document flow
 * don't overlap: an order's uninvoiced rest is split in delivered and not yet delivered, and what is invoiced is
 * in the ledger. A deposit counts at most for its order's remaining value. An order without a day counts.
 * (Method, Receivables, exposure.)
 */
export function exposureParts(
  items: Iterable<LedgerItem>,
  orders: Iterable<OpenOrder>,
  options: ExposureOptions,
): ExposureParts {
  const open = new ExactSum();
  const disputed = new ExactSum();
  const cash = new ExactSum();
  const memos = new ExactSum();
  for (const item of items) {
    const amount = openAmountOn(item, options.asOf);
    if (amount === '0') continue;
    if (amount.startsWith('-')) (item.type === 'credit_note' || item.type === 'invoice' ? memos : cash).add(amount, -1);
    else (item.disputed ? disputed : open).add(amount);
  }
  return {
    openItems: open.toDecimal(),
    disputedItems: disputed.toDecimal(),
    unappliedCash: cash.toDecimal(),
    unappliedCreditMemos: memos.toDecimal(),
    // Notes are not in the ledger's items; whoever knows them adds them.
    bankAcceptanceUnmatured: '0',
    commercialAcceptanceUnmatured: '0',
    ...orderParts(orders, options),
  };
}

type OrderParts = Pick<ExposureParts, 'deliveredNotInvoicedGross' | 'openOrdersGross' | 'orderDeposits'>;

function orderParts(orders: Iterable<OpenOrder>, options: ExposureOptions): OrderParts {
  let delivered = new Big(0);
  let ordered = new Big(0);
  let deposits = new Big(0);
  for (const order of orders) {
    if (order.openAmount === '0' || order.openAmount.startsWith('-')) continue;
    const open = gross(new Big(order.openAmount), order);
    const shipped = least(deliveredNotInvoiced(order), open);
    const rest = withinHorizon(order, options) ? open.minus(shipped) : new Big(0);
    delivered = delivered.plus(shipped);
    ordered = ordered.plus(rest);
    if (order.deposit) deposits = deposits.plus(least(new Big(order.deposit), shipped.plus(rest)));
  }
  return {
    deliveredNotInvoicedGross: canonicalDecimal(delivered),
    openOrdersGross: canonicalDecimal(ordered),
    orderDeposits: canonicalDecimal(deposits),
  };
}

/** Σ max(0, delivered − invoiced) × price, with tax. */
function deliveredNotInvoiced(order: OpenOrder): Big {
  let total = new Big(0);
  for (const line of order.lines) {
    const quantity = new Big(line.delivered).minus(line.invoiced);
    if (quantity.gt(0)) total = total.plus(quantity.times(line.unitPrice));
  }
  return gross(total, order);
}

/** With tax; the factor is a quotient with a long tail, so the value is rounded half up to four decimals. */
function gross(net: Big, { grossFactor }: OpenOrder): Big {
  return grossFactor === '1' ? net : net.times(grossFactor).round(4, Big.roundHalfUp);
}

function withinHorizon(order: OpenOrder, { asOf, horizonDays }: ExposureOptions): boolean {
  const day = order.expectedOn ?? order.orderedOn;
  return horizonDays === null || day === null || dayNumber(day) <= dayNumber(asOf) + horizonDays;
}

function least(a: Big, b: Big): Big {
  return a.lt(b) ? a : b;
}

/** Σ part × factor; not below zero when `floorZero`. In the parts' currency. */
export function exposureOf(parts: ExposureParts, factors: ExposureFactors, floorZero: boolean): Decimal {
  const plain = new ExactSum();
  let scaled: Big | null = null;
  for (const part of Object.keys(parts) as (keyof ExposureParts)[]) {
    const amount = parts[part];
    const factor = factors[part];
    if (amount === '0' || factor === 0) continue;
    if (factor === 1 || factor === -1) plain.add(amount, factor);
    else scaled = (scaled ?? new Big(0)).plus(new Big(amount).times(factor));
  }
  const total = scaled === null ? plain.toDecimal() : canonicalDecimal(plain.big().plus(scaled));
  return floorZero && total.startsWith('-') ? '0' : total;
}
