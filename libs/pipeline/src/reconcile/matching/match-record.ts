import type { MatchRecord } from '@syncline/identity';
import { refText } from '../account-ref';
import type { AccountRow } from '../reconcile-store.port';

/** Contact types that are compared as telephone numbers; a fax is often a shared machine. */
const PHONES: ReadonlySet<string | null> = new Set(['phone', 'mobile']);

/** An account as the matcher sees it; null = it takes no part: deleted, the own company, staff. */
export function matchRecordOf(account: AccountRow): MatchRecord | null {
  if (!account.isCustomer) return null;
  const { name, country, person, identifiers, contacts, addresses } = account.profile;
  const contactsOf = (isWanted: (type: string | null) => boolean): string[] =>
    contacts.filter(({ type }) => isWanted(type)).map(({ value }) => value);
  const addressed = (part: 'street' | 'city' | 'postalCode' | 'country'): (string | null)[] =>
    addresses.map((address) => address[part]);
  return {
    ref: refText(account),
    kind: person ? 'person' : 'organisation',
    attributes: known({
      name: [name],
      given_name: [person?.givenName],
      surname: [person?.surname],
      birth_date: [person?.birthDate],
      identifier: identifiers.filter(({ valid }) => valid).map(({ scheme, value }) => `${scheme}:${value}`),
      identifier_text: identifiers.filter(({ valid }) => !valid).map(({ scheme, value }) => `${scheme ?? ''}:${value}`),
      phone: contactsOf((type) => PHONES.has(type)),
      email: contactsOf((type) => type === 'email'),
      website: contactsOf((type) => type === 'website'),
      street: addressed('street'),
      city: addressed('city'),
      postal_code: addressed('postalCode'),
      country: [country, ...addressed('country')],
    }),
  };
}

/** Without what is not known, so that equal accounts have equal records. */
function known(attributes: Record<string, readonly (string | null | undefined)[]>): MatchRecord['attributes'] {
  const result: Record<string, string[]> = {};
  for (const [name, values] of Object.entries(attributes)) {
    const present = values.filter((value): value is string => typeof value === 'string' && value.trim() !== '');
    if (present.length > 0) result[name] = [...new Set(present)];
  }
  return result;
}
