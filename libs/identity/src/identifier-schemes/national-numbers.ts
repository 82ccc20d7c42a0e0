import { stdnum } from 'stdnum';
import type { IdentifierScheme } from './identifier-scheme';

interface Validator {
  name: string;
  localName: string;
  validate(value: string): { isValid: true; compact: string } | { isValid: false };
}

const COUNTRIES = stdnum as unknown as Readonly<Record<string, Readonly<Record<string, Validator>>>>;

/** Numbers of bank accounts, medicines and one-off papers in the library: they tell no party. */
const NOT_A_PARTY = new Set(['ar_cbu', 'no_kontonr', 'nz_bank', 'it_aic', 'de_passport']);
/** Schemes with a code of their own here. */
const OWN = new Set(['cn_uscc']);
/** Given to branches, or by each tax office. */
const SEVERAL_PER_PARTY = new Set(['br_cnpj', 'in_gstin', 'fr_siret', 'de_stnr']);
/** The number for turnover tax is the company's number with a word behind it. */
const SAME_NUMBER: Readonly<Record<string, string>> = { no_mva: 'no_orgnr', ch_vat: 'ch_uid' };
const HAS_TAX_WORD = new Set(Object.values(SAME_NUMBER));
const TAX_WORD = /(MVA|MWST|TVA|IVA|TPV)$/;

export interface NationalNumber {
  scheme: IdentifierScheme;
  country: string;
  title: string;
}

/**
 * What the library's validator says of a text; null = not valid. Some of them (Dutch VAT, Swedish personal numbers in
 * 1.12) throw on texts that are much too short.
 */
export function validNumber(country: string, number: string, text: string): string | null {
  try {
    const result = COUNTRIES[country]?.[number]?.validate(text);
    return result?.isValid ? result.compact.toUpperCase().replace(/[^0-9A-Z]/g, '') : null;
  } catch {
    return null;
  }
}

/** Numbers of 85 countries by `country_number`, as the library and its model, python-stdnum, call them. */
export const NATIONAL_NUMBERS: ReadonlyMap<string, NationalNumber> = new Map(
  Object.entries(COUNTRIES).flatMap(([country, numbers]) =>
    Object.entries(numbers).flatMap(([number, { name }]): [string, NationalNumber][] => {
      const word = `${country.toLowerCase()}_${number}`;
      if (NOT_A_PARTY.has(word) || OWN.has(word)) return [];
      const [ownCountry, ownNumber] = splitWord(SAME_NUMBER[word] ?? word);
      return [[word, { scheme: nationalScheme(ownCountry, ownNumber), country, title: name }]];
    }),
  ),
);

function splitWord(word: string): [string, string] {
  const at = word.indexOf('_');
  return [word.slice(0, at).toUpperCase(), word.slice(at + 1)];
}

function nationalScheme(country: string, number: string): IdentifierScheme {
  const name = `${country.toLowerCase()}_${number}`;
  return {
    name,
    // CHE in front of nine digits with a check digit is no other country's.
    provesItself: name === 'ch_uid',
    severalPerParty: SEVERAL_PER_PARTY.has(name),
    normalize(compact) {
      const bare = HAS_TAX_WORD.has(name) ? compact.replace(TAX_WORD, '') : compact;
      const found = validNumber(country, number, bare);
      if (found !== null) return found;
      // A country in front that does not belong there.
      const behind = bare.startsWith(country) ? validNumber(country, number, bare.slice(2)) : null;
      return behind ?? (bare === '' ? null : bare);
    },
    isValid: (normalized) => validNumber(country, number, normalized) !== null,
  };
}
