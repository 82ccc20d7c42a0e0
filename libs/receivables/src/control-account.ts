import { Big, canonicalDecimal, type Decimal } from '@syncline/model';
import type { Ledger } from './ledger/ledger-as-of';
import type { LedgerLine } from './ledger/ledger-line';

/** The movements of a receivables account over a period; positive, except `exchange`, which is signed. */
export interface ControlAccountMovements {
  begin: Decimal;
  invoices: Decimal;
  debitMemos: Decimal;
  receipts: Decimal;
  creditMemos: Decimal;
  writeOffs: Decimal;
  discounts: Decimal;
  exchange: Decimal;
}

/** What the account must hold at the period's end, by its movements. */
export function controlAccountEnd(moves: ControlAccountMovements): Decimal {
  const up = new Big(moves.begin).plus(moves.invoices).plus(moves.debitMemos).plus(moves.exchange);
  return canonicalDecimal(
    up.minus(moves.receipts).minus(moves.creditMemos).minus(moves.writeOffs).minus(moves.discounts),
  );
}

/** Ledger less end: what must be explained by typed breaks. */
export function controlAccountBreak(moves: ControlAccountMovements, ledger: Decimal): Decimal {
  return canonicalDecimal(new Big(ledger).minus(controlAccountEnd(moves)));
}

/**
 * The movements from one ledger to a later one of the same customers by the same knowledge, in the system currency at
 * the carrying rates. `controlAccountEnd` of them is what is open at the end. Netting counts with the credit memos: it
 * lowers what is open and is no cash. A receipt reversed in the period takes itself out again. `exchange` is what the
 * settlements realised; a revaluation is reversed and moves nothing. (Method, Receivables, control account.)
 */
export function controlAccountMovements(begin: Ledger, end: Ledger): ControlAccountMovements {
  const before = movedUntil(begin);
  const after = movedUntil(end);
  const between = (movement: keyof Moved): Decimal => canonicalDecimal(after[movement].minus(before[movement]));
  return {
    begin: carriedOpen(begin),
    invoices: between('invoices'),
    debitMemos: between('debitMemos'),
    receipts: between('receipts'),
    creditMemos: between('creditMemos'),
    writeOffs: between('writeOffs'),
    discounts: between('discounts'),
    exchange: between('exchange'),
  };
}

/** Σ open × carrying rate of a ledger: its balance in the system currency. */
export function carriedOpen({ lines }: Ledger): Decimal {
  return canonicalDecimal(
    lines.reduce(
      (total, { openAmount, carryingRate }) => total.plus(new Big(openAmount).times(carryingRate ?? 1)),
      ZERO,
    ),
  );
}

type Moved = Record<Exclude<keyof ControlAccountMovements, 'begin'>, Big>;

const ZERO = new Big(0);

function movedUntil({ lines }: Ledger): Moved {
  const moved: Moved = {
    invoices: ZERO,
    debitMemos: ZERO,
    receipts: ZERO,
    creditMemos: ZERO,
    writeOffs: ZERO,
    discounts: ZERO,
    exchange: ZERO,
  };
  for (const line of lines) {
    const at = (amount: Decimal): Big => new Big(amount).abs().times(line.carryingRate ?? 1);
    const entered = enteredAs(line);
    if (entered !== null && line.failedOn === null) moved[entered] = moved[entered].plus(at(line.amount));
    moved.creditMemos = moved.creditMemos.plus(at(line.netted));
    moved.writeOffs = moved.writeOffs.plus(at(line.writtenOff));
    moved.discounts = moved.discounts.plus(at(line.discounted));
    // What went to a residual leaves the invoices, and comes back into them as that entry.
    moved.invoices = moved.invoices.minus(at(line.carriedOver));
    moved.exchange = moved.exchange.plus(line.realised);
  }
  return moved;
}

function enteredAs(line: LedgerLine): 'invoices' | 'debitMemos' | 'receipts' | 'creditMemos' | null {
  if (line.entryType === 'invoice') return 'invoices';
  if (line.entryType === 'debit_memo') return 'debitMemos';
  return line.entryType === 'credit_note' ? 'creditMemos' : 'receipts';
}
