import type { Decimal, LocalDate } from '@syncline/model';
import type { StoredRecord } from './reconcile-store.port';

/** A text, date or decimal field; null when it is absent or cleared. */
export function textField(record: StoredRecord | undefined, name: string): string | null {
  const value = record?.fields[name];
  return typeof value === 'string' ? value : null;
}

/** An amount; '0' when it is absent or cleared. */
export function amountField(record: StoredRecord | undefined, name: string): Decimal {
  return textField(record, name) ?? '0';
}

/** A flag; `otherwise` when it is absent or cleared. */
export function flagField(record: StoredRecord | undefined, name: string, otherwise: boolean): boolean {
  const value = record?.fields[name];
  return typeof value === 'boolean' ? value : otherwise;
}

/** The later of two days; null counts as none. */
export function laterDay(a: LocalDate | null, b: LocalDate | null): LocalDate | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
