import type { Row } from './event';
import type { Chance } from './random';
import type { SourceSystem } from './source-system';

/** Days since 1970-01-01: 2025-04-22, a year and a half before the business date of the runs. */
const FIRST_DAY = 20_200;
const DAYS = 540;
export const RECEIVABLE = 5;
const REVENUE = 6;

interface Sale {
  party: number;
  id: number;
  lines: number[];
  untaxedCents: number;
  day: number;
}

/** One sale from its draft to whatever becomes of it. Each step is a transaction; others' steps come in between. */
export function* saleStory(erp: SourceSystem, party: number, chance: Chance): Generator<void> {
  const sale = draft(erp, party, chance);
  yield;
  if (chance.happens(0.08)) return erp.update('sale_sale', sale.id, { state: 'cancelled' });
  yield* confirm(erp, sale);
  if (chance.happens(0.1)) return;
  if (chance.happens(0.15)) changeQuantity(erp, sale, chance);
  const invoice = yield* invoiceOf(erp, sale, chance);
  yield* becomes(erp, sale, invoice, chance);
}

interface Invoice {
  id: number;
  move: number;
  dueLine: number;
  cents: number;
}

function draft(erp: SourceSystem, party: number, chance: Chance): Sale {
  const day = FIRST_DAY + chance.between(0, DAYS);
  const id = erp.create('sale_sale', {
    party,
    company: 1,
    currency: 1,
    state: 'draft',
    number: null,
    reference: null,
    sale_date: day,
    untaxed_amount_cache: null,
    total_amount_cache: null,
  });
  const lines: number[] = [];
  let untaxedCents = 0;
  for (let i = chance.between(1, 3); i > 0; i--) {
    const quantity = chance.between(1, 20);
    const price = chance.between(1_000, 500_000);
    untaxedCents += quantity * price;
    lines.push(erp.create('sale_line', saleLine(id, quantity, money(price), chance)));
  }
  return { party, id, lines, untaxedCents, day };
}

function saleLine(sale: number, quantity: number, unitPrice: string, chance: Chance): Row {
  return { sale, type: 'line', product: chance.between(1, 50), quantity, unit_price: unitPrice, description: null };
}

function* confirm(erp: SourceSystem, { id, untaxedCents }: Sale): Generator<void> {
  erp.update('sale_sale', id, { number: `S${id}`, state: 'quotation' });
  yield;
  const amounts = { untaxed_amount_cache: money(untaxedCents), total_amount_cache: money(withTax(untaxedCents)) };
  erp.update('sale_sale', id, { ...amounts, state: 'confirmed' });
  yield;
  erp.update('sale_sale', id, { state: 'processing' });
  yield;
}

function changeQuantity(erp: SourceSystem, { lines }: Sale, chance: Chance): void {
  erp.update('sale_line', chance.oneOf(lines), { quantity: chance.between(1, 30) });
}

function* invoiceOf(erp: SourceSystem, sale: Sale, chance: Chance): Generator<void, Invoice> {
  const cents = withTax(sale.untaxedCents);
  const id = erp.create('account_invoice', invoiceRow(sale.party));
  const share = chance.happens(0.2) ? sale.lines.slice(0, 1) : sale.lines;
  for (const line of share) {
    const { quantity, unit_price: unitPrice } = erp.row('sale_line', line);
    const origin = `sale.line,${line}`;
    const row = { invoice: id, invoice_type: 'out', type: 'line', origin, quantity: quantity!, unit_price: unitPrice! };
    erp.create('account_invoice_line', row);
  }
  yield;
  const move = erp.create('account_move', moveRow(sale.day + 4, id));
  const dueLine = erp.create('account_move_line', moveLine(move, sale.party, cents, sale.day + 34));
  erp.create('account_move_line', { ...moveLine(move, null, -cents, null), account: REVENUE });
  erp.update('account_invoice', id, { number: `I${id}`, invoice_date: sale.day + 4, move, state: 'posted' });
  erp.update('account_move', move, { state: 'posted' });
  yield;
  return { id, move, dueLine, cents };
}

function* becomes(erp: SourceSystem, sale: Sale, invoice: Invoice, chance: Chance): Generator<void> {
  const fate = chance.between(1, 100);
  if (fate <= 15) return;
  if (fate <= 25) return yield* credited(erp, sale, invoice);
  const paid = yield* paidInParts(erp, sale, invoice, chance);
  if (fate <= 45) return;
  const settlement = settle(erp, [invoice.dueLine, ...paid], sale.day + 60);
  erp.update('account_invoice', invoice.id, { state: 'paid' });
  yield;
  if (fate <= 60) yield* bounced(erp, [invoice.dueLine, ...paid], settlement, invoice);
  else erp.update('sale_sale', sale.id, { state: 'done' });
}

/** Money on account of the invoice: all of it in one or two parts, or with a rest. */
function* paidInParts(erp: SourceSystem, sale: Sale, invoice: Invoice, chance: Chance): Generator<void, number[]> {
  const first = Math.max(1, Math.floor(invoice.cents / chance.between(2, 4)));
  const parts = chance.happens(0.5) ? [first, invoice.cents - first] : [invoice.cents];
  const paid: number[] = [];
  for (const part of parts) {
    const move = erp.create('account_move', moveRow(sale.day + 20 + paid.length * 9, invoice.id));
    const line = erp.create('account_move_line', moveLine(move, sale.party, -part, null));
    yield;
    erp.create('account_invoice-account_move_line', { invoice: invoice.id, line });
    paid.push(line);
    yield;
  }
  return paid;
}

function settle(erp: SourceSystem, lines: number[], day: number): number {
  const reconciliation = erp.create('account_move_reconciliation', { company: 1, date: day, name: 'R' });
  for (const line of lines) erp.update('account_move_line', line, { reconciliation });
  return reconciliation;
}

/** The settlement is undone: everything is open again. */
function* bounced(erp: SourceSystem, lines: number[], settlement: number, invoice: Invoice): Generator<void> {
  for (const line of lines) erp.update('account_move_line', line, { reconciliation: null });
  erp.remove('account_move_reconciliation', settlement);
  erp.update('account_invoice', invoice.id, { state: 'posted' });
  yield;
}

/** A second posting takes the invoice back, and both clear each other. */
function* credited(erp: SourceSystem, sale: Sale, invoice: Invoice): Generator<void> {
  const move = erp.create('account_move', moveRow(sale.day + 10, invoice.id));
  const line = erp.create('account_move_line', moveLine(move, sale.party, -invoice.cents, null));
  erp.update('account_invoice', invoice.id, { cancel_move: move, state: 'cancelled' });
  yield;
  settle(erp, [invoice.dueLine, line], sale.day + 10);
}

function invoiceRow(party: number): Row {
  const open = { number: null, invoice_date: null, move: null, cancel_move: null };
  return { company: 1, currency: 1, party, state: 'draft', type: 'out', ...open };
}

function moveRow(day: number, invoice: number): Row {
  return { company: 1, date: day, journal: 1, number: null, origin: `account.invoice,${invoice}`, state: 'draft' };
}

function moveLine(move: number, party: number | null, cents: number, maturity: number | null): Row {
  return {
    move,
    party,
    account: RECEIVABLE,
    debit: money(Math.max(cents, 0)),
    credit: money(Math.max(-cents, 0)),
    maturity_date: maturity,
    reconciliation: null,
    second_currency: null,
    amount_second_currency: null,
    description: null,
  };
}

function withTax(cents: number): number {
  return cents + Math.round(cents * 0.13);
}

/** Amounts are whole cents, small enough for a number; as text they are exact. */
function money(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}
