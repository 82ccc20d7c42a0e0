import { Big, canonicalDecimal, type Decimal, type LocalDate } from '@syncline/model';
import { dayNumber } from './day-number';
import { ExactSum } from './exact-sum';
import type { LedgerItem, OpenOrder } from './ledger-item';
import type { Acceptance } from './ledger/acceptances';
import { openAmountOn } from './open-amount';

/**
 * The parts of what a customer could still fail to pay; all positive, in one currency. Orders and deliveries are
 * gross, that is with tax, unless the options ask for net values.
 */
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

export const ORDER_VALUES = ['gross', 'net'] as const;
export const DEPOSIT_RULES = ['per_order', 'as_cash'] as const;

export interface ExposureOptions {
  asOf: LocalDate;
  /** Orders to be delivered later than this many days from `asOf` don't count; null = all count. */
  horizonDays: number | null;
  /** Whether orders and deliveries count with tax (default) or without. */
  orderValue?: (typeof ORDER_VALUES)[number];
  /** Whether a deposit offsets its own order alone (default), or counts as unapplied cash as some ERPs have it. */
  deposits?: (typeof DEPOSIT_RULES)[number];
  /** Bank and commercial acceptances, where the ledger knows them; those held are a part of their own. */
  acceptances?: Iterable<Pick<Acceptance, 'type' | 'status' | 'amount'>>;
}

/**
 * The parts of the exposure from ledger and open orders of one currency. The three parts of the document flow
 * don't overlap: an order's uninvoiced rest is split in delivered and not yet delivered, and what is invoiced is
 * in the ledger. A deposit counts at most for its order's remaining value, and is no unapplied cash: what exceeds
 * it, or belongs to an order that is not among `orders`, lowers nothing. An order without a day counts.
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
  const deposits = new Map<string, ExactSum>();
  for (const item of items) {
    const amount = openAmountOn(item, options.asOf);
    if (amount === '0') continue;
    if (amount.startsWith('-') && item.orderKey && options.deposits !== 'as_cash')
      depositFor(item.orderKey, deposits).add(amount, -1);
    else if (amount.startsWith('-'))
      (item.type === 'credit_note' || item.type === 'invoice' ? memos : cash).add(amount, -1);
    else (item.disputed ? disputed : open).add(amount);
  }
  return {
    openItems: open.toDecimal(),
    disputedItems: disputed.toDecimal(),
    unappliedCash: cash.toDecimal(),
    unappliedCreditMemos: memos.toDecimal(),
    ...acceptanceParts(options.acceptances ?? []),
    ...orderParts(orders, deposits, options),
  };
}

function depositFor(orderKey: string, deposits: Map<string, ExactSum>): ExactSum {
  let sum = deposits.get(orderKey);
  if (!sum) deposits.set(orderKey, (sum = new ExactSum()));
  return sum;
}

function acceptanceParts(
  acceptances: NonNullable<ExposureOptions['acceptances']>,
): Pick<ExposureParts, 'bankAcceptanceUnmatured' | 'commercialAcceptanceUnmatured'> {
  const bank = new ExactSum();
  const commercial = new ExactSum();
  for (const { type, status, amount } of acceptances)
    if (status === 'held') (type === 'bank_acceptance' ? bank : commercial).add(amount);
  return { bankAcceptanceUnmatured: bank.toDecimal(), commercialAcceptanceUnmatured: commercial.toDecimal() };
}

type OrderParts = Pick<ExposureParts, 'deliveredNotInvoicedGross' | 'openOrdersGross' | 'orderDeposits'>;

function orderParts(
  orders: Iterable<OpenOrder>,
  paidAhead: ReadonlyMap<string, ExactSum>,
  options: ExposureOptions,
): OrderParts {
  let delivered = new Big(0);
  let ordered = new Big(0);
  let deposits = new Big(0);
  for (const order of orders) {
    if (order.openAmount === '0' || order.openAmount.startsWith('-')) continue;
    const open = valued(new Big(order.openAmount), order, options);
    const shipped = least(deliveredNotInvoiced(order, options), open);
    const rest = withinHorizon(order, options) ? open.minus(shipped) : new Big(0);
    delivered = delivered.plus(shipped);
    ordered = ordered.plus(rest);
    const deposit = new Big(order.deposit ?? 0).plus(paidAhead.get(order.key ?? '')?.big() ?? 0);
    deposits = deposits.plus(least(deposit, shipped.plus(rest)));
  }
  return {
    deliveredNotInvoicedGross: canonicalDecimal(delivered),
    openOrdersGross: canonicalDecimal(ordered),
    orderDeposits: canonicalDecimal(deposits),
  };
}

/** Σ max(0, delivered − invoiced) × price. */
function deliveredNotInvoiced(order: OpenOrder, options: ExposureOptions): Big {
  let total = new Big(0);
  for (const line of order.lines) {
    const quantity = new Big(line.delivered).minus(line.invoiced);
    if (quantity.gt(0)) total = total.plus(quantity.times(line.unitPrice));
  }
  return valued(total, order, options);
}

/** With tax where it counts; the factor is a quotient with a long tail, so the value is rounded half up to four decimals. */
function valued(net: Big, { grossFactor }: OpenOrder, { orderValue }: ExposureOptions): Big {
  return grossFactor === '1' || orderValue === 'net' ? net : net.times(grossFactor).round(4, Big.roundHalfUp);
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
