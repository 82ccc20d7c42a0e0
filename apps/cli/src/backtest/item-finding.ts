/** What can be wrong with a line of an items file, and what happens then. docs/how-to/…/backtest-a-policy.md lists it. */
export const ITEM_FINDINGS = {
  line_unreadable: { effect: 'left out', meaning: 'The line is no CSV: a quote is not closed, or fields are missing.' },
  field_missing: { effect: 'left out', meaning: 'Customer, invoice date, amount or currency is empty.' },
  invoice_date_unreadable: { effect: 'left out', meaning: 'The invoice date is no day.' },
  invoice_date_in_future: { effect: 'left out', meaning: 'The invoice date is later than the last day known.' },
  settled_date_unreadable: {
    effect: 'left out',
    meaning: 'The settled date is no day, so nobody knows whether it is open.',
  },
  written_off_date_unreadable: { effect: 'left out', meaning: 'The written-off date is no day.' },
  amount_unreadable: { effect: 'left out', meaning: 'The amount is no plain decimal number.' },
  amount_zero: { effect: 'left out', meaning: 'The amount is zero: nothing is owed.' },
  currency_unknown: { effect: 'left out', meaning: 'The currency is no code of ISO 4217.' },
  line_repeated: { effect: 'left out', meaning: 'The same line stands further up, field by field.' },
  amount_negative: {
    effect: 'kept',
    meaning: 'Taken as a credit note: it lowers sales and exposure and is no payment.',
  },
  due_date_missing: {
    effect: 'kept',
    meaning: 'Open and overdue from the invoice date on; no payment behaviour, no outcome.',
  },
  due_date_unreadable: { effect: 'kept', meaning: 'Taken as missing.' },
  due_before_invoice: { effect: 'kept', meaning: 'Taken as due on the invoice date.' },
  settled_before_invoice: { effect: 'kept', meaning: 'Taken as settled on the invoice date: paid in advance.' },
  settled_in_future: { effect: 'kept', meaning: 'Taken as open: the settlement is later than the last day known.' },
} as const satisfies Record<string, { effect: 'left out' | 'kept'; meaning: string }>;

export type ItemFindingCode = keyof typeof ITEM_FINDINGS;

/** Something wrong with a line. */
export interface ItemFinding {
  file: string;
  /** 1-based. */
  line: number;
  code: ItemFindingCode;
  /** What was found there; no amount and no name. */
  message: string;
}

/** `items.csv:17: due_before_invoice (kept): …` */
export function itemFindingText({ file, line, code, message }: ItemFinding): string {
  const { effect, meaning } = ITEM_FINDINGS[code];
  return `${file}:${line}: ${code} (${effect}): ${message}. ${meaning}`;
}
