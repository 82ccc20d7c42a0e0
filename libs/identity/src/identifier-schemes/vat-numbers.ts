import type { IdentifierScheme } from './identifier-scheme';
import { validNumber } from './national-numbers';

/** VAT prefix → the library's name of the number. */
const VAT_NUMBERS: Readonly<Record<string, string>> = {
  AT: 'uid', BE: 'vat', BG: 'vat', CY: 'vat', CZ: 'dic', DE: 'vat', DK: 'cvr', EE: 'kmkr', EL: 'vat', ES: 'nif',
  FI: 'alv', FR: 'tva', GB: 'vat', HR: 'oib', HU: 'anum', IE: 'vat', IT: 'iva', LT: 'pvm', LU: 'tva', LV: 'pvn',
  MT: 'vat', NL: 'btw', PL: 'nip', PT: 'nif', RO: 'cui', SE: 'vat', SI: 'ddv', SK: 'dph',
}; // prettier-ignore
/** Greece's country code instead of the prefix, and Northern Ireland's prefix for a British number. */
const PREFIX_OF: Readonly<Record<string, string>> = { GR: 'EL', XI: 'GB' };

/** A VAT number with its country in front, as VIES wants it. Great Britain's is one too. */
export const EU_VAT: IdentifierScheme = {
  name: 'eu_vat',
  provesItself: true,
  severalPerParty: false,
  normalize(compact) {
    const text = (PREFIX_OF[compact.slice(0, 2)] ?? compact.slice(0, 2)) + compact.slice(2);
    return /^[A-Z]{2}[0-9A-Z]{6,13}$/.test(text) && text.slice(0, 2) in VAT_NUMBERS ? text : null;
  },
  isValid(normalized) {
    const prefix = normalized.slice(0, 2);
    return validNumber(prefix === 'EL' ? 'GR' : prefix, VAT_NUMBERS[prefix]!, normalized) !== null;
  },
};

/** `de_vat`, `it_iva`, …: the VAT number of one country, with or without the prefix; null = the word is no such. */
export function vatPrefix(word: string): string | null {
  const country = word.slice(0, 2).toUpperCase();
  const prefix = PREFIX_OF[country] ?? country;
  return VAT_NUMBERS[prefix] === word.slice(3) ? prefix : null;
}
