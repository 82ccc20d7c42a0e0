import type { LedgerEntry } from '@syncline/receivables';

/** An invoice of 100 posted on 2025-01-01 and due on 2025-01-31, with what a test wants different. Known when posted. */
export function anEntry(parts: Partial<LedgerEntry> = {}): LedgerEntry {
  const type = parts.type ?? 'invoice';
  const isDue = type === 'invoice' || type === 'debit_memo';
  const postedOn = parts.postedOn ?? '2025-01-01';
  return {
    key: 'invoice',
    type,
    currency: 'CNY',
    amount: '100',
    postedOn,
    knownAt: postedOn,
    dueOn: isDue ? '2025-01-31' : null,
    ...parts,
  };
}
