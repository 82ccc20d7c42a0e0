import {
  addDays,
  Big,
  canonicalDecimal,
  fixedDecimal,
  type Decimal,
  type FieldValue,
  type LocalDate,
  type RecordId,
} from '@syncline/model';
import type { BreakType, ControlBreak } from '../control-account-breaks';
import type { CurrencyConverter } from '../rates';
import { openInBalance, type BalanceItem, type BalanceOfDay } from './compare-balances';

/** A record behind an item, as its system has it. */
export interface EvidenceRecord extends RecordId {
  fields: Readonly<Record<string, FieldValue>>;
  refs: Readonly<Record<string, string | null>>;
}

/** The records behind a customer's items: who points to what, by kind and key. */
export interface LedgerRecords {
  /** Ledger lines of the accounts, those on other than receivable accounts too. */
  lines: readonly EvidenceRecord[];
  find(
    kind: 'posting' | 'invoice' | 'ledger_account' | 'ledger_account_type',
    key: unknown,
  ): EvidenceRecord | undefined;
}

/**
 * What the ERP may count otherwise than the view, document by document, with the difference that it would make to the
 * reported balance:
 * - UNPOSTED: the journal entry is a draft, which the ERP's balance leaves out;
 * - PERIOD_CUTOFF: posted or settled on the very day, after the balance was taken; or invoiced on the other side of it;
 * - WRONG_ACCOUNT: open on an account that is no receivables account;
 * - MANUAL_JOURNAL: a debit without an invoice, where the ERP reports documents alone;
 * - FX_REVALUATION: an item in foreign currency at the rate of the day.
 */
export function balanceCandidates(
  day: BalanceOfDay,
  items: readonly BalanceItem[],
  records: LedgerRecords,
  converter: CurrencyConverter,
): ControlBreak[] {
  const own = items.filter(({ system, accountKey }) => system === day.system && day.accountKeys.includes(accountKey));
  const byKey = new Map(records.lines.map((line) => [line.key, line]));
  const found = own.flatMap((item) => itemCandidates(item, day, byKey.get(item.key), records, converter));
  const counted = new Set(own.map(({ key }) => key));
  const elsewhere = records.lines.filter((line) => !counted.has(line.key) && isOnOtherAccount(line, records));
  return [...found, ...elsewhere.flatMap((line) => wrongAccount(line, day, records))];
}

function itemCandidates(
  item: BalanceItem,
  day: BalanceOfDay,
  line: EvidenceRecord | undefined,
  records: LedgerRecords,
  converter: CurrencyConverter,
): ControlBreak[] {
  const open = new Big(openInBalance(item, day, day.asOf));
  const posting = records.find('posting', line?.refs['posting']);
  const isDraft = posting?.fields['state'] === 'draft';
  return [
    ...candidate('UNPOSTED', item, isDraft ? open.neg() : null),
    ...candidate('PERIOD_CUTOFF', item, cutoff(item, day, open, invoicedOn(line, posting, records))),
    ...candidate('MANUAL_JOURNAL', item, item.type === 'debit_memo' ? open.neg() : null),
    ...candidate('FX_REVALUATION', item, revaluation(item, day, open, converter)),
  ];
}

function candidate(type: BreakType, { key }: BalanceItem, amount: Big | null): ControlBreak[] {
  return amount === null || amount.eq(0) ? [] : [{ type, amount: canonicalDecimal(amount), documents: [key] }];
}

/** By the invoice date where it lies on the other side of the day; else what the day itself changed is taken back. */
function cutoff(item: BalanceItem, day: BalanceOfDay, open: Big, invoiced: LocalDate | null): Big {
  const isOwn = item.type === 'invoice' || item.type === 'credit_note';
  if (isOwn && invoiced !== null && item.postedOn !== null && invoiced <= day.asOf !== item.postedOn <= day.asOf) {
    return invoiced <= day.asOf ? new Big(openInBalance(item, day, item.postedOn)) : open.neg();
  }
  return new Big(openInBalance(item, day, addDays(day.asOf, -1))).minus(open);
}

function invoicedOn(
  line: EvidenceRecord | undefined,
  posting: EvidenceRecord | undefined,
  records: LedgerRecords,
): LocalDate | null {
  const invoice = records.find('invoice', line?.refs['invoice'] ?? posting?.refs['invoice']);
  return text(invoice, 'invoiced_on');
}

function revaluation(item: BalanceItem, day: BalanceOfDay, open: Big, converter: CurrencyConverter): Big | null {
  if (!day.isLedgerCurrency || item.documentCurrency === day.currency || open.eq(0)) return null;
  const factor = converter.factor(day.system, item.documentCurrency);
  if (factor === null) return null;
  const inDocument = openInBalance(item, { currency: item.documentCurrency, isLedgerCurrency: false }, day.asOf);
  return new Big(fixedDecimal(new Big(inDocument).times(factor))).minus(open);
}

/** An account that is not known yet is no other account: its lines wait, and GET /waiting shows them. */
function isOnOtherAccount(line: EvidenceRecord, records: LedgerRecords): boolean {
  const account = records.find('ledger_account', line.refs['ledger_account']);
  if (!account) return false;
  const own = account.fields['receivable'];
  if (typeof own === 'boolean') return !own;
  const type = records.find('ledger_account_type', account.refs['type']);
  return type !== undefined && type.fields['receivable'] !== true;
}

function wrongAccount(line: EvidenceRecord, day: BalanceOfDay, records: LedgerRecords): ControlBreak[] {
  const posted = text(line, 'posted_on') ?? text(records.find('posting', line.refs['posting']), 'posted_on');
  const isSettled = typeof line.refs['settlement'] === 'string' || text(line, 'settled_on') !== null;
  const amount: Decimal | null = text(line, 'open_amount') ?? text(line, 'amount');
  if (!day.isLedgerCurrency || isSettled || posted === null || posted > day.asOf || !amount || amount === '0')
    return [];
  return [{ type: 'WRONG_ACCOUNT', amount: canonicalDecimal(amount), documents: [line.key] }];
}

function text(record: EvidenceRecord | undefined, name: string): string | null {
  const value = record?.fields[name];
  return typeof value === 'string' ? value : null;
}
