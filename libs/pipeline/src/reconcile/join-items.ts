import type { Decimal } from '@syncline/model';
import { openShare } from '@syncline/receivables';
import { amountField, flagField, textField } from './field-access';
import type { RecordIndex } from './record-index';
import type { ItemType, ReceivableItemRow, StoredRecord } from './reconcile-store.port';
import { applyOpenCredits, settleGroup } from './settle-items';

/**
 * Joins receivable items from their records: the ledger account tells whether an item counts, the posting when it
 * was posted, the invoice what it is, the settlement group what cleared it. Items that do not count, or wait for
 * their ledger account, are left out.
 *
 * `keys` must be closed: with an item come the items that cleared it, and those applied to it or it to them; `index`
 * must hold them and what all of them refer to.
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
  for (const settlement of groups) {
    const items = index.referring(system, 'receivable_item', 'settlement', settlement);
    const members = items.flatMap((item) => rows.get(item.key) ?? []);
    settleGroup(members, textField(index.get(system, 'settlement', settlement), 'settled_on'));
  }
  applyOpenCredits(system, rows, index);
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
