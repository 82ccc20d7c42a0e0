import { randomFrom } from './seeded-random';

/**
 * Generated change events in the shape of the captured Tryton ERP (see samples/README.md): customers with their
 * satellites, then sales that are confirmed, invoiced and paid, a part of them late, in parts or not at all. Made
 * from a seed, event by event, so that any amount of input costs no memory.
 */
export interface WorkloadMessage {
  topic: string;
  key: { id: number };
  value: unknown;
}

type Row = Record<string, string | number | boolean | null>;

const FIRST_DAY = 20_200; // 2025-04-22, in days since 1970-01-01
const DAYS = 540;
const RECEIVABLE_ACCOUNT = 5;

/** About `events` events over `customers` customers of the system with this topic prefix. */
export function* trytonWorkload(
  events: number,
  customers: number,
  seed = 1,
  prefix = 'erp.public.',
): Generator<WorkloadMessage> {
  const stream = new TrytonStream(prefix, randomFrom(seed));
  let count = 0;
  for (const message of stream.setUp()) yield (count++, message);
  for (let customer = 1; customer <= customers && count < events; customer++) {
    for (const message of stream.customer(customer)) yield (count++, message);
  }
  while (count < events) {
    for (const message of stream.sale(1 + Math.floor(stream.random() * customers), count / events))
      yield (count++, message);
  }
}

class TrytonStream {
  private lsn = 100_000_000;
  private readonly ids = new Map<string, number>();

  constructor(
    private readonly prefix: string,
    readonly random: () => number,
  ) {}

  *setUp(): Generator<WorkloadMessage> {
    yield this.create('account_account_type', {
      id: 2,
      name: 'Receivable',
      receivable: true,
      payable: false,
      company: 1,
    });
    yield this.create('account_account_type', {
      id: 3,
      name: 'Revenue',
      receivable: false,
      payable: false,
      company: 1,
    });
    yield this.create('account_account', {
      id: RECEIVABLE_ACCOUNT,
      name: 'Main Receivable',
      type: 2,
      company: 1,
      closed: false,
    });
    yield this.create('account_account', { id: 6, name: 'Main Revenue', type: 3, company: 1, closed: false });
    yield this.create('account_account', { id: 2, name: 'Main Cash', type: 3, company: 1, closed: false });
    yield this.create('currency_currency_rate', { id: 1, currency: 1, date: 19_723, rate: '1' });
  }

  *customer(id: number): Generator<WorkloadMessage> {
    const name = `客户${id}机电设备有限公司`;
    yield this.create('party_party', {
      id,
      active: true,
      code: `C${String(id).padStart(6, '0')}`,
      name,
      replaced_by: null,
    });
    yield this.create('party_address', {
      id,
      active: true,
      city: '苏州',
      country: 1,
      party: id,
      street: `工业大道${id}号`,
      postal_code: null,
      name: null,
    });
    yield this.create('party_party_credit_limit_amount', { id, company: 1, credit_limit_amount: '100000', party: id });
    yield this.create('party_contact_mechanism', {
      id,
      active: true,
      type: 'email',
      value: `ap${id}@c${id}.example`,
      party: id,
      name: null,
    });
  }

  *sale(party: number, progress: number): Generator<WorkloadMessage> {
    const day = FIRST_DAY + Math.floor(progress * DAYS);
    const sale = this.saleRow(party, day);
    const lines = [1, 2].map(() => this.lineRow(sale['id'] as number));
    yield this.create('sale_sale', sale);
    for (const line of lines) yield this.create('sale_line', line);
    const untaxed = lines.reduce(
      (sum, line) => sum + cents(line['unit_price'] as string) * (line['quantity'] as number),
      0,
    );
    const total = untaxed + Math.round(untaxed * 0.13);
    yield* this.confirm(sale, untaxed, total);
    if (this.random() < 0.03) return;
    yield* this.invoice(sale, lines, total, day + 4);
  }

  private *confirm(sale: Row, untaxed: number, total: number): Generator<WorkloadMessage> {
    yield this.update('sale_sale', sale, { number: `S${sale['id']}` });
    yield this.update('sale_sale', sale, { state: 'quotation' });
    yield this.update('sale_sale', sale, {
      untaxed_amount_cache: money(untaxed),
      tax_amount_cache: money(total - untaxed),
      total_amount_cache: money(total),
    });
    yield this.update('sale_sale', sale, { state: 'confirmed' });
    yield this.update('sale_sale', sale, { state: 'processing' });
  }

  private *invoice(sale: Row, saleLines: Row[], total: number, day: number): Generator<WorkloadMessage> {
    const invoice: Row = {
      id: this.next('invoice'),
      company: 1,
      currency: 1,
      party: sale['party']!,
      state: 'draft',
      type: 'out',
      number: null,
      invoice_date: null,
      move: null,
      cancel_move: null,
    };
    yield this.create('account_invoice', invoice);
    for (const line of saleLines) {
      yield this.create('account_invoice_line', {
        id: this.next('invoice_line'),
        invoice: invoice['id']!,
        invoice_type: 'out',
        type: 'line',
        origin: `sale.line,${line['id']}`,
        quantity: line['quantity']!,
        unit_price: line['unit_price']!,
        currency: 1,
        account: 6,
      });
    }
    const move = this.moveRow(day, invoice['id'] as number);
    yield this.create('account_move', move);
    const due = this.moveLineRow(move['id'] as number, sale['party'] as number, total, day + 30);
    yield this.create('account_move_line', due);
    yield this.create('account_move_line', {
      ...this.moveLineRow(move['id'] as number, null, -total, null),
      account: 6,
    });
    yield this.update('account_invoice', invoice, {
      number: `I${invoice['id']}`,
      invoice_date: day,
      move: move['id']!,
      state: 'posted',
    });
    yield this.update('account_move', move, { state: 'posted', post_date: day });
    yield this.update('account_move_line', due, { state: 'valid' });
    const fate = this.random();
    if (fate > 0.08)
      yield* this.payment(sale, invoice, due, total, day + 20 + Math.floor(this.random() * 30), fate < 0.2);
  }

  private *payment(
    sale: Row,
    invoice: Row,
    due: Row,
    total: number,
    day: number,
    inParts: boolean,
  ): Generator<WorkloadMessage> {
    const parts = inParts ? [Math.round(total / 3), total - Math.round(total / 3)] : [total];
    const paid: Row[] = [];
    for (const part of parts) {
      const move = this.moveRow(day + paid.length * 9, invoice['id'] as number);
      yield this.create('account_move', move);
      const line = this.moveLineRow(move['id'] as number, due['party'] as number, -part, null);
      yield this.create('account_move_line', line);
      yield this.create('account_invoice-account_move_line', {
        id: this.next('payment_line'),
        invoice: invoice['id']!,
        line: line['id']!,
      });
      paid.push(line);
    }
    const reconciliation = this.next('reconciliation');
    yield this.create('account_move_reconciliation', {
      id: reconciliation,
      company: 1,
      date: day,
      name: String(reconciliation),
    });
    for (const line of [due, ...paid]) yield this.update('account_move_line', line, { reconciliation });
    yield this.update('account_invoice', invoice, { state: 'paid' });
    yield this.update('sale_sale', sale, { state: 'done', invoice_state: 'paid' });
  }

  private saleRow(party: number, day: number): Row {
    return {
      id: this.next('sale'),
      company: 1,
      currency: 1,
      party,
      state: 'draft',
      number: null,
      reference: null,
      sale_date: day,
      invoice_state: 'none',
      shipment_state: 'none',
      untaxed_amount_cache: null,
      tax_amount_cache: null,
      total_amount_cache: null,
      payment_term: 3,
      comment: null,
      description: null,
      invoice_address: party,
      shipment_address: party,
      warehouse: 5,
      origin: null,
    };
  }

  private lineRow(sale: number): Row {
    return {
      id: this.next('sale_line'),
      sale,
      type: 'line',
      product: 1 + Math.floor(this.random() * 50),
      quantity: 1 + Math.floor(this.random() * 20),
      unit: 1,
      unit_price: money(1_000 + Math.floor(this.random() * 500_000)),
      description: null,
      note: null,
      sequence: null,
      actual_quantity: null,
    };
  }

  private moveRow(day: number, invoice: number): Row {
    const id = this.next('move');
    return {
      id,
      company: 1,
      date: day,
      journal: 1,
      number: String(id),
      origin: `account.invoice,${invoice}`,
      period: 5,
      state: 'draft',
      post_date: null,
      post_number: null,
      description: null,
    };
  }

  private moveLineRow(move: number, party: number | null, amount: number, maturity: number | null): Row {
    return {
      id: this.next('move_line'),
      move,
      party,
      account: RECEIVABLE_ACCOUNT,
      debit: money(Math.max(amount, 0)),
      credit: money(Math.max(-amount, 0)),
      maturity_date: maturity,
      reconciliation: null,
      state: 'draft',
      second_currency: null,
      amount_second_currency: null,
      description: null,
      origin: null,
    };
  }

  private next(what: string): number {
    const id = (this.ids.get(what) ?? 100) + 1;
    this.ids.set(what, id);
    return id;
  }

  private create(table: string, row: Row): WorkloadMessage {
    return this.message(table, 'c', null, row);
  }

  private update(table: string, row: Row, change: Row): WorkloadMessage {
    const before = { ...row };
    Object.assign(row, change);
    return this.message(table, 'u', before, row);
  }

  private message(table: string, op: 'c' | 'u', before: Row | null, after: Row): WorkloadMessage {
    this.lsn += 64;
    const at = 1_746_432_000_000 + (this.lsn - 100_000_000);
    const stamped = { ...after, create_date: at * 1_000, create_uid: 1, write_date: at * 1_000, write_uid: 1 };
    const source = {
      version: '2.7.0.Final',
      connector: 'postgresql',
      name: 'erp',
      ts_ms: at,
      snapshot: 'false',
      db: 'erp',
      sequence: `["${this.lsn - 64}","${this.lsn}"]`,
      schema: 'public',
      table,
      txId: this.lsn,
      lsn: this.lsn,
      xmin: null,
    };
    return {
      topic: this.prefix + table,
      key: { id: after['id'] as number },
      value: { before, after: stamped, source, transaction: null, op, ts_ms: at + 5 },
    };
  }
}

function cents(amount: string): number {
  return Math.round(Number(amount) * 100);
}

/** The workload's amounts are small enough for whole cents in a number; as text they are exact. */
function money(amount: number): string {
  return `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
}
