import { Big, canonicalDecimal, type Decimal, type LocalDate } from '@syncline/model';
import { amountField, flagField, laterDay, textField } from './field-access';
import type { RecordIndex } from './record-index';
import type { ItemSettlement, ItemType, ReceivableItemRow, StoredRecord } from './reconcile-store.port';

/**
 * Joins receivable items from their records: the ledger account tells whether an item counts, the posting when it
 * was posted, the invoice what it is, the settlement group what cleared it. Items that do not count, or wait for
 * their ledger account, are left out.
 *
 * `index` must hold the items of `keys`, the other items of their settlement groups, and what all of them refer to.
 */
export function joinItems(
  system: string,
  currency: string,
  keys: Iterable<string>,
  index: RecordIndex,
): ReceivableItemRow[] {
  const rows = new Map<string, ReceivableItemRow>();
  const groups = new Set<string>();
  for (const key of keys) {
    const record = index.get(system, 'receivable_item', key);
    const settlement = record?.refs['settlement'];
    if (typeof settlement === 'string') groups.add(settlement);
    const row = record && joinItem(record, currency, index);
    if (row) rows.set(key, row);
  }
  for (const settlement of groups) settleGroup(system, currency, settlement, rows, index);
  return [...rows.values()];
}

function joinItem(record: StoredRecord, currency: string, index: RecordIndex): ReceivableItemRow | null {
  const accountKey = record.refs['account'];
  if (typeof accountKey !== 'string' || !isReceivable(record, index)) return null;
  const posting = index.get(record.system, 'posting', record.refs['posting']);
  const invoice = index.get(record.system, 'invoice', record.refs['invoice'] ?? posting?.refs['invoice']);
  const amount = amountField(record, 'amount');
  const application = index.referring(record.system, 'application', 'item', record.key)[0];
  const type = itemType(record, amount, invoice, application !== undefined);
  const ownInvoice = type === 'invoice' || type === 'credit_note';
  const settledOn = textField(record, 'settled_on');
  const isSettled = typeof record.refs['settlement'] === 'string' || settledOn !== null;
  const openAmount = textField(record, 'open_amount') ?? (isSettled ? '0' : amount);
  const documentAmount = textField(record, 'document_amount') ?? amount;
  return {
    system: record.system,
    key: record.key,
    accountKey,
    type,
    number: textField(record, 'number') ?? (ownInvoice ? textField(invoice, 'number') : null),
    invoiceKey: ownInvoice ? (invoice?.key ?? null) : (application?.refs['invoice'] ?? null),
    currency,
    amount,
    openAmount,
    documentCurrency: textField(record, 'document_currency') ?? currency,
    documentAmount,
    documentOpenAmount: openShare(openAmount, amount, documentAmount),
    postedOn: textField(record, 'posted_on') ?? textField(posting, 'posted_on'),
    dueOn: textField(record, 'due_on'),
    settledOn,
    disputed: flagField(record, 'disputed', false),
    settlements: [],
  };
}

/** Without a ledger account the mapping vouches for it; with one, that account (or its type) must say so. */
function isReceivable(record: StoredRecord, index: RecordIndex): boolean {
  const key = record.refs['ledger_account'];
  if (typeof key !== 'string') return true;
  const account = index.get(record.system, 'ledger_account', key);
  if (!account) return false;
  const own = account.fields['receivable'];
  if (typeof own === 'boolean') return own;
  return flagField(index.get(record.system, 'ledger_account_type', account.refs['type']), 'receivable', false);
}

/** An item is its invoice's own when the invoice was posted by the item's posting; otherwise it pays or corrects. */
function itemType(
  record: StoredRecord,
  amount: Decimal,
  invoice: StoredRecord | undefined,
  applied: boolean,
): ItemType {
  const isCredit = amount.startsWith('-');
  const posting = record.refs['posting'];
  const isOwn =
    invoice !== undefined &&
    (typeof posting !== 'string' || invoice.refs['posting'] === posting || invoice.refs['cancel_posting'] === posting);
  if (isOwn) return isCredit ? 'credit_note' : 'invoice';
  if (!isCredit) return 'debit_memo';
  return applied ? 'part_payment' : 'on_account';
}

function openShare(open: Decimal, amount: Decimal, documentAmount: Decimal): Decimal {
  if (open === '0' || amount === '0') return '0';
  if (open === amount) return documentAmount;
  return canonicalDecimal(new Big(documentAmount).times(open).div(amount).round(2));
}

/**
 * Spreads the credits of a group over its debits, earliest credit first, earliest due debit first: a debit's
 * settlements then tell when which part of it was paid, and a credit's what it was used for.
 */
function settleGroup(
  system: string,
  currency: string,
  settlement: string,
  rows: Map<string, ReceivableItemRow>,
  index: RecordIndex,
): void {
  const members: ReceivableItemRow[] = [];
  for (const record of index.referring(system, 'receivable_item', 'settlement', settlement)) {
    const row = rows.get(record.key) ?? joinItem(record, currency, index);
    if (row) members.push(row);
  }
  const fallback = textField(index.get(system, 'settlement', settlement), 'settled_on');
  const debits = members
    .filter((each) => !each.amount.startsWith('-'))
    .sort(byDay((each) => each.dueOn ?? each.postedOn));
  const credits = members.filter((each) => each.amount.startsWith('-')).sort(byDay((each) => each.postedOn));
  allocate(debits, credits, fallback);
  for (const member of members) {
    member.settledOn ??=
      member.settlements.reduce<LocalDate | null>((latest, each) => laterDay(latest, each.on), null) ?? fallback;
  }
}

function allocate(debits: ReceivableItemRow[], credits: ReceivableItemRow[], fallback: LocalDate | null): void {
  let next = 0;
  let left = credits[0] ? new Big(credits[0].amount).abs() : new Big(0);
  for (const debit of debits) {
    let wanted = new Big(debit.amount);
    while (wanted.gt(0) && next < credits.length) {
      const credit = credits[next]!;
      const part = left.lt(wanted) ? left : wanted;
      settle(debit, credit, canonicalDecimal(part), fallback);
      wanted = wanted.minus(part);
      left = left.minus(part);
      if (left.eq(0)) left = credits[++next] ? new Big(credits[next]!.amount).abs() : new Big(0);
    }
  }
}

function settle(
  debit: ReceivableItemRow,
  credit: ReceivableItemRow,
  amount: Decimal,
  fallback: LocalDate | null,
): void {
  const cash = credit.type === 'part_payment' || credit.type === 'on_account';
  add(debit.settlements, { on: credit.postedOn ?? fallback, amount, cash });
  add(credit.settlements, { on: debit.postedOn ?? fallback, amount, cash });
}

/** A settlement without any known day is left out: it says nothing about behaviour until its posting comes. */
function add(
  settlements: ItemSettlement[],
  settlement: { on: LocalDate | null; amount: Decimal; cash: boolean },
): void {
  if (settlement.on !== null) settlements.push({ ...settlement, on: settlement.on });
}

function byDay(
  day: (row: ReceivableItemRow) => LocalDate | null,
): (x: ReceivableItemRow, y: ReceivableItemRow) => number {
  return (x, y) => {
    const [a, b] = [day(x) ?? '', day(y) ?? ''];
    if (a !== b) return a < b ? -1 : 1;
    return x.key < y.key ? -1 : 1;
  };
}
