import type { CreditField } from '@syncline/pipeline/deliver';
import { sameDecimal } from './decimals';

/** Whether two observations of a field mean the same: amounts as numbers, everything else as text. */
export function sameValues(field: CreditField, a: string | null | undefined, b: string | null | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return field === 'limit' ? sameDecimal(a, b) : a === b;
}
