import { doubleMetaphone } from '../normalise/libraries';
import { email, isFreeMail, phone } from '../normalise/contact-point';
import { city, postalCode, streetWords } from '../normalise/address';
import { companyName, type CompanyName } from '../normalise/company-name';
import { day } from '../normalise/day';
import { namePart } from '../normalise/person-name';
import { words } from '../normalise/text';
import { valuesOf, type ComparisonContext } from '../comparison/comparison-method';
import type { MatchRecord } from './matching-model';

type PartOf = (record: MatchRecord, context: ComparisonContext) => string[];

/** What a blocking key can be made of; each gives the texts of a record, none where it is unknown. */
export const BLOCKING_PARTS = {
  identifier: (record) => valuesOf(record, 'identifier'),
  /** What is left of a number that was cut off, or mistyped behind. */
  identifier_start: (record) => identifierTexts(record).map((text) => text.slice(0, HALF_OF_NUMBER)),
  /** What is left of one that was mistyped in front. */
  identifier_end: (record) => identifierTexts(record).map((text) => text.slice(-HALF_OF_NUMBER)),
  phone: (record, context) => phonesOf(record, context),
  phone_exchange: (record, context) =>
    phonesOf(record, context)
      .filter((number) => number.length >= 10)
      .map((number) => number.slice(0, -4)),
  email: (record) => emailsOf(record).map(({ address }) => address),
  email_domain: (record, { freeMail }) =>
    emailsOf(record)
      .map(({ domain }) => domain)
      .filter((domain) => !isFreeMail(domain, freeMail)),
  brand: (record) => companies(record).map(({ brand }) => brand),
  brand_start: (record) => companies(record).map(({ brand }) => brand.slice(0, 5)),
  brand_word: (record) =>
    companies(record).flatMap(({ script, brand, brandWords }) =>
      script === 'han' ? [brand] : brandWords.filter((word) => word.length > 3),
    ),
  place: (record) => companies(record).flatMap(({ places }) => [...places]),
  trade: (record) => companies(record).flatMap(({ trades }) => [...trades]),
  given_name: (record) => parts(record, 'given_name'),
  given_start: (record) => parts(record, 'given_name').map((name) => name.slice(0, 3)),
  surname: (record) => parts(record, 'surname'),
  surname_start: (record) => parts(record, 'surname').map((name) => name.slice(0, 3)),
  surname_sound: (record) => parts(record, 'surname').map((name) => doubleMetaphone()(name)[0]),
  /** Both parts in alphabetical order: they may have changed places. */
  names: (record) => {
    const [given, surname] = [parts(record, 'given_name')[0], parts(record, 'surname')[0]];
    return given && surname ? [[given, surname].sort().join('+')] : [];
  },
  birth_date: (record) => days(record),
  birth_year: (record) => days(record).map((text) => text.slice(0, 4)),
  birth_month_day: (record) => days(record).map((text) => text.slice(4)),
  postal_code: (record) => valuesOf(record, 'postal_code').map(postalCode).filter(isText),
  city: (record) => valuesOf(record, 'city').map(city).filter(isText),
  street: (record) =>
    valuesOf(record, 'street')
      .map((text) => streetWords(text).join(' '))
      .filter(isText),
  street_number: (record) =>
    valuesOf(record, 'street').flatMap((text) => streetWords(text).find((word) => /^\d/.test(word)) ?? []),
  text: (record) => valuesOf(record, 'name').flatMap((name) => words(name).filter((word) => word.length > 2)),
} as const satisfies Record<string, PartOf>;

export type BlockingPart = keyof typeof BLOCKING_PARTS;
export const BLOCKING_PART_NAMES = Object.keys(BLOCKING_PARTS) as BlockingPart[];

export interface BlockingRule {
  name: string;
  parts: readonly BlockingPart[];
}

/** The first characters of a number often name a district or kind; so many tell one company from most others. */
const HALF_OF_NUMBER = 11;

/** Records with very many values would meet everybody. */
const MOST_KEYS_PER_RULE = 12;

/** `rule:value`, sorted, each once. A rule whose parts are not all known gives no key. */
export function blockingKeys(
  record: MatchRecord,
  rules: readonly BlockingRule[],
  context: ComparisonContext,
): string[] {
  const keys: string[] = [];
  const known = new Map<BlockingPart, readonly string[]>();
  const valuesOfPart = (part: BlockingPart): readonly string[] => {
    const values = known.get(part) ?? [...new Set(BLOCKING_PARTS[part](record, context))].filter(isText);
    known.set(part, values);
    return values;
  };
  for (const { name, parts: wanted } of rules) {
    let texts: readonly string[] = valuesOfPart(wanted[0]!);
    for (const part of wanted.slice(1))
      texts = texts.flatMap((text) => valuesOfPart(part).map((value) => `${text}|${value}`));
    for (const text of [...texts].sort().slice(0, MOST_KEYS_PER_RULE)) keys.push(`${name}:${text}`);
  }
  return keys.sort();
}

/** Long numbers, right or wrong; short ones have no half that tells anybody. */
function identifierTexts(record: MatchRecord): string[] {
  return [...valuesOf(record, 'identifier'), ...valuesOf(record, 'identifier_text')]
    .map((value) => value.replace(/^[^:]*:/, '').replace(/[^0-9A-Za-z]/g, ''))
    .filter((text) => text.length > HALF_OF_NUMBER)
    .map((text) => text.toUpperCase());
}

function isText(text: string | null | undefined): text is string {
  return text !== null && text !== undefined && text !== '';
}

function phonesOf(record: MatchRecord, { defaultCountry }: ComparisonContext): string[] {
  const country = valuesOf(record, 'country')[0]?.toUpperCase() ?? defaultCountry;
  return valuesOf(record, 'phone')
    .map((text) => phone(text, country))
    .filter(isText);
}

function emailsOf(record: MatchRecord) {
  return valuesOf(record, 'email')
    .map(email)
    .filter((value) => value !== null);
}

function companies(record: MatchRecord): CompanyName[] {
  return valuesOf(record, 'name')
    .map(companyName)
    .filter((value) => value !== null);
}

function parts(record: MatchRecord, attribute: string): string[] {
  return valuesOf(record, attribute).map(namePart).filter(isText);
}

function days(record: MatchRecord): string[] {
  return valuesOf(record, 'birth_date').map(day).filter(isText);
}
