import type { Row } from '../workload/event';
import { rowsOf, type Fold } from './fold';
import { add, cents } from './money';

/** What an account owes, in cents. */
export interface OpenReceivables {
  /** All that is open, credits taken off. */
  open: bigint;
  /** Credits that no invoice has been lowered by, positive. */
  unapplied: bigint;
}

/** `system/key` of an account → what is open; accounts without open lines are left out. */
export function openReceivables(fold: Fold, system: string): Map<string, OpenReceivables> {
  const lines = openLines(fold, system);
  const open = new Map(lines.map(({ id, amount }) => [id, amount]));
  for (const { id, amount, invoice } of lines) {
    if (amount >= 0n || invoice === null) continue;
    const debit = lines.find((line) => line.amount > 0n && line.invoiceOfItsOwn === invoice);
    if (!debit) continue;
    const part = smaller(-open.get(id)!, open.get(debit.id)!);
    add(open, id, part);
    add(open, debit.id, -part);
  }
  const accounts = new Map<string, OpenReceivables>();
  for (const { id, party } of lines) {
    const sums = accounts.get(party) ?? { open: 0n, unapplied: 0n };
    accounts.set(party, sums);
    const rest = open.get(id)!;
    sums.open += rest;
    if (rest < 0n) sums.unapplied -= rest;
  }
  return accounts;
}

interface OpenLine {
  id: number;
  party: string;
  amount: bigint;
  /** The invoice whose payment the line is. */
  invoice: number | null;
  /** The invoice that the line's own posting posted. */
  invoiceOfItsOwn: number | null;
}

function openLines(fold: Fold, system: string): OpenLine[] {
  const payments = new Map<number, number>();
  for (const { line, invoice } of rowsOf(fold, system, 'account_invoice-account_move_line').values())
    payments.set(line as number, invoice as number);
  return [...rowsOf(fold, system, 'account_move_line')]
    .filter(([, row]) => row['party'] !== null && row['reconciliation'] === null && isReceivable(fold, system, row))
    .map(([id, row]) => ({
      id,
      party: `${system}/${String(row['party'])}`,
      amount: cents(row['debit']) - cents(row['credit']),
      invoice: payments.get(id) ?? null,
      invoiceOfItsOwn: invoicePostedBy(fold, system, row['move']),
    }));
}

function isReceivable(fold: Fold, system: string, row: Row): boolean {
  const account = rowsOf(fold, system, 'account_account').get(row['account'] as number);
  const type = account && rowsOf(fold, system, 'account_account_type').get(account['type'] as number);
  return type?.['receivable'] === true;
}

function invoicePostedBy(fold: Fold, system: string, move: unknown): number | null {
  const origin = rowsOf(fold, system, 'account_move').get(move as number)?.['origin'];
  const id = Number(/^account\.invoice,(\d+)$/.exec(String(origin))?.[1] ?? Number.NaN);
  const invoice = rowsOf(fold, system, 'account_invoice').get(id);
  return invoice && (invoice['move'] === move || invoice['cancel_move'] === move) ? id : null;
}

function smaller(x: bigint, y: bigint): bigint {
  return x < y ? x : y;
}
