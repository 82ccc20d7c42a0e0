import type { RecordId, RecordKind } from '@syncline/model';
import { birthIdOf, checkIdentifier, identifierKey } from '@syncline/identity';
import { refText } from './account-ref';
import { addKey, type KeysBySystem, type RecordChange } from './affected-documents';
import { flagField, textField } from './field-access';
import { RecordIndex } from './record-index';
import type { AccountProfile, AccountRow, RecordTable, StoredRecord } from './reconcile-store.port';

/** Records that make up an account besides its own. */
const SATELLITES: RecordKind[] = ['account_role', 'credit_terms', 'contact', 'address', 'identifier'];
const IS_SATELLITE: ReadonlySet<string> = new Set(SATELLITES);

/** What people have agreed outside the systems: `system/key` of an account → the keys it shares with others. */
export type CrossReferences = ReadonlyMap<string, readonly string[]>;

/** Account keys whose own record or satellites a batch changed, in both the old and the new place. */
export function affectedAccounts(changes: RecordChange[]): KeysBySystem {
  const accounts: KeysBySystem = new Map();
  for (const { record, before } of changes) {
    if (record.kind === 'account') {
      addKey(accounts, record.system, record.key);
    } else if (IS_SATELLITE.has(record.kind)) {
      for (const key of [record.refs['account'], before?.refs['account']]) {
        if (typeof key === 'string') addKey(accounts, record.system, key);
      }
    }
  }
  return accounts;
}

/** Loads and joins the accounts of `keys`; an account whose own record never came waits and is left out. */
export async function joinAccounts(
  keys: KeysBySystem,
  records: RecordTable,
  crossReferences: CrossReferences,
): Promise<AccountRow[]> {
  const ids: RecordId[] = [...keys].flatMap(([system, set]) =>
    [...set].map((key) => ({ system, kind: 'account' as const, key })),
  );
  if (ids.length === 0) return [];
  const own = await records.load(ids);
  const index = new RecordIndex();
  index.add(await records.referrers(ids, SATELLITES));
  return own.map((record) => joinAccount(record, index, crossReferences));
}

function joinAccount(record: StoredRecord, index: RecordIndex, crossReferences: CrossReferences): AccountRow {
  const { system, key } = record;
  const profile = profileOf(record, index);
  const birthId = birthIdOf(system, key);
  return {
    system,
    key,
    customerId: birthId,
    birthId,
    link: 'born',
    isCustomer: !profile.deleted && profile.roles.length === 0,
    profile,
    identityKeys: identityKeys(profile, crossReferences.get(refText({ system, key })) ?? []),
  };
}

function profileOf(record: StoredRecord, index: RecordIndex): AccountProfile {
  const { system, key } = record;
  const satellites = (kind: RecordKind): readonly StoredRecord[] => index.referring(system, kind, 'account', key);
  const terms = satellites('credit_terms').find((each) => 'credit_limit' in each.fields);
  const active = (each: StoredRecord): boolean => flagField(each, 'active', true);
  return {
    code: textField(record, 'code'),
    name: textField(record, 'name'),
    active: !record.deleted && flagField(record, 'active', true),
    deleted: record.deleted,
    country: textField(record, 'country'),
    currency: textField(record, 'currency'),
    segment: textField(record, 'segment'),
    mergedInto: record.refs['merged_into'] ?? null,
    ...parentOf(record),
    ...personOf(record),
    roles: satellites('account_role').flatMap((each) => textField(each, 'role') ?? []),
    creditLimit: terms ? textField(terms, 'credit_limit') : undefined,
    identifiers: satellites('identifier').flatMap(identifierOf),
    contacts: satellites('contact')
      .filter(active)
      .map((each) => ({
        type: textField(each, 'type'),
        value: textField(each, 'value') ?? '',
        name: textField(each, 'name'),
      })),
    addresses: satellites('address')
      .filter(active)
      .map((each) => ({
        street: textField(each, 'street'),
        city: textField(each, 'city'),
        postalCode: textField(each, 'postal_code'),
        country: textField(each, 'country'),
      })),
  };
}

function parentOf({ deleted, key, refs }: StoredRecord): Pick<AccountProfile, 'parent'> {
  const parent = refs['parent'];
  return deleted || typeof parent !== 'string' || parent === key ? {} : { parent };
}

function personOf(record: StoredRecord): Pick<AccountProfile, 'person'> {
  if (!flagField(record, 'is_person', false)) return {};
  const [givenName, surname] = [textField(record, 'given_name'), textField(record, 'surname')];
  return { person: { givenName, surname, birthDate: textField(record, 'birth_date') } };
}

function identifierOf(record: StoredRecord): AccountProfile['identifiers'] {
  const value = textField(record, 'value');
  if (value === null) return [];
  const scheme = textField(record, 'scheme');
  const checked = checkIdentifier({ scheme, value });
  return [
    checked
      ? { scheme: checked.scheme, value: checked.normalized, valid: checked.valid }
      : { scheme, value, valid: false },
  ];
}

function identityKeys(profile: AccountProfile, agreed: readonly string[]): string[] {
  if (profile.deleted) return [];
  const keys = new Set(agreed);
  for (const { scheme, value, valid } of profile.identifiers) {
    const key = scheme === null ? null : identifierKey({ scheme, normalized: value, valid });
    if (key) keys.add(key);
  }
  return [...keys].sort();
}
