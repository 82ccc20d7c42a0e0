import { RECORD_CATALOGUE, type FieldValue, type RecordKind } from '@syncline/model';
import { seesPersonalData, type Role } from './roles';

/** What stands in the place of something that the reader may not see. */
export const MASK = '***';

/** A personal field of a record of this kind as `role` sees it; null stays null. */
export function masked<T extends string | null>(
  kind: RecordKind,
  field: string,
  value: T,
  role: Role,
): T | typeof MASK {
  if (value === null || seesPersonalData(role)) return value;
  return RECORD_CATALOGUE[kind].fields[field]?.personal ? MASK : value;
}

/**
 * A golden attribute as `role` sees it. Only what the catalogue says of accounts and does not call personal is
 * shown to everybody, and the name: it is what a customer is called by, and the customer topic carries it too.
 */
export function maskedAttribute(name: string, value: FieldValue, role: Role): FieldValue {
  if (value === null || seesPersonalData(role) || name === 'name') return value;
  const field = RECORD_CATALOGUE.account.fields[name] ?? RECORD_CATALOGUE.credit_terms.fields[name];
  return field && !field.personal ? value : MASK;
}
