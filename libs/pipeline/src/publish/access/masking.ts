import { RECORD_CATALOGUE, type FieldValue, type RecordKind } from '@syncline/model';
import { MASK } from '../../shared/mask';
import { seesPersonalData, seesProfits, type Role } from './roles';

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

/** A profit, or what it is made of, as `role` sees it; null stays null. */
export function maskedProfit<T extends string | number | null>(value: T, role: Role): T | typeof MASK {
  return value === null || seesProfits(role) ? value : MASK;
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
