import { Big, canonicalDecimal, type Decimal } from '@syncline/model';

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
