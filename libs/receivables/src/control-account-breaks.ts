import { Big, canonicalDecimal, type Decimal, type LocalDate } from '@syncline/model';

/** Why ledger and view differ. (Method, Receivables, control account.) */
export const BREAK_TYPES = {
  MANUAL_JOURNAL: 'Posted to the control account by hand, without a document of the sub-ledger.',
  PERIOD_CUTOFF: 'Document and posting lie on different sides of the day.',
  WRONG_ACCOUNT: 'The document is posted to an account that is not a receivables account.',
  UNPOSTED: 'A document of the view without a posting.',
  FX_REVALUATION: 'A revaluation of the ledger that the open documents do not carry.',
  ROUNDING: 'At most 0.01 for each line.',
  UNKNOWN: 'None of these explains it.',
} as const;

export type BreakType = keyof typeof BREAK_TYPES;

/** A document as the view counts it. */
export interface ViewDocument {
  key: string;
  /** Signed as it moves the balance, in the system currency. */
  amount: Decimal;
  postedOn: LocalDate;
}

/** A posting of the ERP's general ledger for a customer. */
export interface LedgerPosting {
  key: string;
  /** The document that it posts; null for a journal entry of its own. */
  documentKey: string | null;
  /** Signed as it moves the balance, in the system currency. */
  amount: Decimal;
  postedOn: LocalDate;
  /** Whether it stands on a receivables account. */
  isControl: boolean;
  isRevaluation?: boolean;
}

/** One explained part of the difference: ledger less view. */
export interface ControlBreak {
  type: BreakType;
  /** Ledger less view, signed. */
  amount: Decimal;
  /** Keys of the documents, then of the postings behind it, sorted; empty where none is known. */
  documents: string[];
}

export interface BalanceComparison {
  asOf: LocalDate;
  /** What the ERP reports. */
  reported: Decimal;
  documents: readonly ViewDocument[];
  /** What is known of the ERP's own ledger; without it nothing but rounding can be told from unknown. */
  postings?: readonly LedgerPosting[];
}

export interface BalanceResult {
  computed: Decimal;
  /** Reported less computed. */
  difference: Decimal;
  /** Typed parts, their sum is the difference; in the order of BREAK_TYPES, then by documents. */
  breaks: ControlBreak[];
  /** Nothing but rounding is left. */
  agrees: boolean;
}

/**
 * Explains the difference between the balance that an ERP reports for a day and the sum of the documents of the view.
 * Each document is held against its postings; what no document explains is ROUNDING up to 0.01 × lines, and UNKNOWN
 * beyond. Σ breaks = difference. (Method, Receivables, control account.)
 */
export function explainBalance(comparison: BalanceComparison): BalanceResult {
  const { asOf, reported, postings = [] } = comparison;
  const documents = comparison.documents.filter(({ postedOn }) => postedOn <= asOf);
  const computed = sumOf(documents);
  const difference = new Big(reported).minus(computed);
  // Without postings no document can be told from an unposted one, so they are not compared one by one.
  const typed = postings.length === 0 ? [] : documentBreaks(comparison, asOf);
  const left = difference.minus(sumOf(typed));
  const rounded = sumOf(typed.filter(({ type }) => type === 'ROUNDING'));
  const tolerance = new Big('0.01').times(Math.max(1, documents.length)).minus(rounded.abs());
  const isRounding = left.abs().lte(tolerance);
  const rest: ControlBreak[] = left.eq(0)
    ? []
    : [{ type: isRounding ? 'ROUNDING' : 'UNKNOWN', amount: canonicalDecimal(left), documents: [] }];
  const breaks = [...typed, ...rest].sort(byTypeThenDocuments);
  return {
    computed: canonicalDecimal(computed),
    difference: canonicalDecimal(difference),
    breaks,
    agrees: breaks.every(({ type }) => type === 'ROUNDING'),
  };
}

/**
 * The last day on which the view agrees with the ERP's own balance; null when it never did. Later days without a
 * comparison are not vouched for.
 */
export function verifiedThrough(results: Iterable<{ asOf: LocalDate; agrees: boolean }>): LocalDate | null {
  let last: LocalDate | null = null;
  for (const { asOf, agrees } of results) if (agrees && (last === null || asOf > last)) last = asOf;
  return last;
}

function documentBreaks({ documents, postings = [] }: BalanceComparison, asOf: LocalDate): ControlBreak[] {
  const byDocument = new Map<string, LedgerPosting[]>();
  const breaks: ControlBreak[] = [];
  const known = new Set(documents.map(({ key }) => key));
  for (const posting of postings) {
    if (posting.documentKey !== null && known.has(posting.documentKey))
      byDocument.set(posting.documentKey, [...(byDocument.get(posting.documentKey) ?? []), posting]);
    else if (posting.isControl && posting.postedOn <= asOf)
      breaks.push({
        type: posting.isRevaluation ? 'FX_REVALUATION' : 'MANUAL_JOURNAL',
        amount: canonicalDecimal(posting.amount),
        documents: [posting.key],
      });
  }
  for (const document of documents) {
    const found = documentBreak(document, byDocument.get(document.key) ?? [], asOf);
    if (found) breaks.push(found);
  }
  return breaks;
}

/** Null where document and postings agree by the day. */
function documentBreak(document: ViewDocument, own: readonly LedgerPosting[], asOf: LocalDate): ControlBreak | null {
  const inLedger = own.filter(({ isControl, postedOn }) => isControl && postedOn <= asOf);
  const inView = document.postedOn <= asOf ? new Big(document.amount) : ZERO;
  const amount = sumOf(inLedger).minus(inView);
  if (amount.eq(0)) return null;
  const keys = [document.key, ...own.map(({ key }) => key).sort()];
  const type = breakType(document, own, amount, asOf);
  return type && { type, amount: canonicalDecimal(amount), documents: keys };
}

function breakType(
  document: ViewDocument,
  own: readonly LedgerPosting[],
  amount: Big,
  asOf: LocalDate,
): BreakType | null {
  const counted = own.filter(({ isControl, postedOn }) => isControl && postedOn <= asOf);
  if (own.length === 0) return document.postedOn <= asOf ? 'UNPOSTED' : null;
  if (counted.some(({ isRevaluation }) => isRevaluation)) return 'FX_REVALUATION';
  const crosses = own.some(({ isControl, postedOn }) => isControl && postedOn <= asOf !== document.postedOn <= asOf);
  if (crosses) return 'PERIOD_CUTOFF';
  if (own.some(({ isControl, postedOn }) => !isControl && postedOn <= asOf)) return 'WRONG_ACCOUNT';
  return amount.abs().lte('0.01') ? 'ROUNDING' : 'UNKNOWN';
}

const ZERO = new Big(0);

function sumOf(parts: readonly { amount: Decimal }[]): Big {
  return parts.reduce((total, { amount }) => total.plus(amount), ZERO);
}

const TYPE_ORDER = Object.keys(BREAK_TYPES);

function byTypeThenDocuments(a: ControlBreak, b: ControlBreak): number {
  const byType = TYPE_ORDER.indexOf(a.type) - TYPE_ORDER.indexOf(b.type);
  return byType || (a.documents.join('\n') < b.documents.join('\n') ? -1 : 1);
}
