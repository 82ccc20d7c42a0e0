/** What is odd about a ledger's input, and what the ledger made of it. Nothing is dropped without one of these. */
export const LEDGER_FINDINGS = {
  AMOUNT_NOT_POSITIVE: 'An amount is not a decimal above zero. Set aside; the opposite side has a type of its own.',
  APPLIED_AFTER_REVERSAL: 'A credit is applied after it was reversed or dishonoured. Without effect.',
  CLOSED_PERIOD: 'Posted in a period that was closed by the time it became known. Counts; shows as PERIOD_CUTOFF.',
  CORRECTED_TWICE: 'Several corrections of one thing. The one that became known last counts.',
  CORRECTION_CYCLE: 'Corrections that correct each other. All of them count, none is taken back.',
  CURRENCY_MISMATCH: 'Debit and credit are in different currencies and the credit amount is missing. Without effect.',
  CURRENCY_UNKNOWN: 'A currency is not a code of three capital letters. Set aside.',
  DATE_INVALID: 'A date is not an existing day YYYY-MM-DD. Set aside.',
  DISCOUNT_UNEARNED: 'A discount taken without terms, too late or too high. The excess stays open.',
  DUE_BEFORE_INVOICE: 'The due date lies before the invoice date. It counts as it stands.',
  ID_CONFLICT: 'One id with different contents. The one that became known first counts.',
  OVER_APPLIED: 'More was set against an entry than it has. The excess shows on the other side.',
  SETTLED_BEFORE_INVOICE: 'A credit was applied before its debit was posted. It is unapplied until then.',
  UNKNOWN_REFERENCE: 'An event names an entry or event that is not known. Without effect until it is.',
  WRONG_SIDE: 'A debit is used as a credit or the other way round. Without effect.',
} as const;

export type LedgerFindingCode = keyof typeof LEDGER_FINDINGS;

export interface LedgerFinding {
  code: LedgerFindingCode;
  /** Key of the entry or id of the event. */
  id: string;
}

/** Collects findings, each once. */
export class LedgerFindings {
  private readonly found = new Map<string, LedgerFinding>();

  add(code: LedgerFindingCode, id: string): void {
    this.found.set(`${code}\n${id}`, { code, id });
  }

  /** In a canonical order. */
  list(): LedgerFinding[] {
    return [...this.found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, finding]) => finding);
  }
}
