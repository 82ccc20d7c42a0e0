import type { LedgerItem } from '@syncline/receivables';

/** An open invoice of 100 due on its posting day, with what a test wants different.. */
export function anItem(parts: Partial<LedgerItem> = {}): LedgerItem {
  const amount = parts.amount ?? '100';
  return {
    type: 'invoice',
    currency: 'CNY',
    amount,
    openAmount: parts.settledOn ? '0' : amount,
    postedOn: '2025-01-01',
    dueOn: '2025-01-31',
    settledOn: null,
    disputed: false,
    settlements: [],
    invoiceKey: null,
    ...parts,
  };
}
