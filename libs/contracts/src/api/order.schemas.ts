import {
  count,
  decimal,
  decimalOrNull,
  list,
  object,
  oneOf,
  text,
  textOrNull,
  type JsonSchema,
} from '../schemas/json-schema';
import { amount, amountOrNull, dayOrNull, page } from './shapes';

export const PROGRESS = {
  ordered_amount: amount('Ordered, untaxed.'),
  delivered_amount: amount('Delivered of it.'),
  invoiced_amount: amount('Invoiced of it.'),
  paid_amount: amount('Invoiced times the settled share of its invoices.'),
  open_amount: amount('Ordered and not yet invoiced.'),
};

const KNOWN_WITH_DELIVERIES = 'null = its system tells of no deliveries.';

const LINE_MATCH = object({
  findings: list(
    oneOf(
      ['OVER_DELIVERED', 'INVOICED_NOT_DELIVERED', 'DELIVERED_NOT_INVOICED', 'PRICE_VARIANCE'],
      'What does not fit.',
    ),
    'What does not fit together; those about deliveries only where the system tells of them.',
  ),
  price_variance: decimalOrNull(
    'Invoice price against order price, as a fraction of it; null = nothing to compare, or ordered for nothing.',
  ),
  over_invoiced: decimalOrNull(`Quantity invoiced and not delivered; ${KNOWN_WITH_DELIVERIES}`),
  undelivered_value: amountOrNull(`Ordered and not delivered, untaxed; ${KNOWN_WITH_DELIVERIES}`),
  delivered_not_invoiced: amountOrNull(`Delivered and not invoiced, with tax; ${KNOWN_WITH_DELIVERIES}`),
});

const ORDER_LINE = object({
  key: text('Key of the line.'),
  product: textOrNull('Product.'),
  unit_price: decimal('Without tax.'),
  ordered: decimal('Quantity.'),
  delivered: decimal('Quantity.'),
  invoiced: decimal('Quantity.'),
  paid: decimal('Invoiced quantity times the settled share.'),
  match: { ...LINE_MATCH, description: 'Order, delivery and invoice held against each other.' },
});

export const ORDER = object({
  system: text('System.'),
  key: text('Key of the order.'),
  account: text('Key of the account.'),
  number: textOrNull('Document number.'),
  state: oneOf(['draft', 'quotation', 'confirmed', 'processing', 'done', 'cancelled'], 'Where it stands.'),
  ordered_on: dayOrNull('Order date.'),
  currency: text('ISO 4217.'),
  ...PROGRESS,
  lines: list(ORDER_LINE, 'Its lines.'),
});

export const OPEN_ORDERS = object({
  currency: text('ISO 4217.'),
  amount: amount('Not yet invoiced, untaxed, at the latest rate of that day.'),
  orders: count('Orders.'),
  without_rate: count('Orders among them whose currency has no rate: not in the amount.'),
});

export const ORDER_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  OrderPage: page(ORDER),
};
