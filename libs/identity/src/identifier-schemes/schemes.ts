import { isGlobalLocationNumber } from './global-location-number';
import type { IdentifierScheme } from './identifier-scheme';
import { isLegalEntityIdentifier } from './legal-entity-identifier';
import { NATIONAL_NUMBERS } from './national-numbers';
import { isUnifiedSocialCreditCode } from './unified-social-credit-code';
import { EU_VAT, vatPrefix } from './vat-numbers';

const ofLength =
  (length: number) =>
  (text: string): string | null =>
    text.length === length ? text : null;

/** Schemes that the library has not, or has otherwise. */
export const OWN_SCHEMES: readonly (IdentifierScheme & { title: string })[] = [
  {
    name: 'cn_uscc',
    title: 'Unified Social Credit Code 统一社会信用代码 (GB 32100)',
    provesItself: true,
    severalPerParty: false,
    normalize: ofLength(18),
    isValid: isUnifiedSocialCreditCode,
  },
  { ...EU_VAT, title: 'VAT number with its country in front; also `de_vat`, `fr_tva`, `it_iva` and so on' },
  {
    name: 'lei',
    title: 'Legal Entity Identifier (ISO 17442)',
    provesItself: true,
    severalPerParty: false,
    normalize: ofLength(20),
    isValid: isLegalEntityIdentifier,
  },
  {
    name: 'duns',
    title: 'D-U-N-S; it carries no check digit since 2006, and each site has its own',
    provesItself: false,
    severalPerParty: true,
    normalize: (text) => (/^\d{8,9}$/.test(text) ? text.padStart(9, '0') : null),
    isValid: (number) => /^\d{9}$/.test(number),
  },
  {
    name: 'gln',
    title: 'Global Location Number (GS1); each site has its own',
    provesItself: false,
    severalPerParty: true,
    normalize: ofLength(13),
    isValid: isGlobalLocationNumber,
  },
];

const BY_NAME = new Map<string, IdentifierScheme>([
  ...[...NATIONAL_NUMBERS].map(([word, { scheme }]) => [word, scheme] as const),
  ...OWN_SCHEMES.map((scheme) => [scheme.name, scheme] as const),
]);

/** Other words that systems have for a scheme, as `wordOf` writes them. */
const ALIASES: Readonly<Record<string, string>> = {
  统一社会信用代码: 'cn_uscc', 社会信用代码: 'cn_uscc', 信用代码: 'cn_uscc', uscc: 'cn_uscc', usci: 'cn_uscc',
  vat: 'eu_vat', vat_id: 'eu_vat', vat_number: 'eu_vat', vat_no: 'eu_vat', vatin: 'eu_vat', ust_id: 'eu_vat',
  ust_idnr: 'eu_vat', ustid: 'eu_vat', ein: 'us_ein', fein: 'us_ein', d_u_n_s: 'duns',
  duns_number: 'duns', legal_entity_identifier: 'lei', siren: 'fr_siren', siret: 'fr_siret', cnpj: 'br_cnpj',
  gstin: 'in_gstin', abn: 'au_abn', acn: 'au_acn', uen: 'sg_uen', inn: 'ru_inn', cuit: 'ar_cuit',
}; // prettier-ignore

export const SELF_PROVING: readonly IdentifierScheme[] = [...new Set(BY_NAME.values())].filter(
  ({ provesItself }) => provesItself,
);

/** A scheme, and what goes in front of its numbers where they are written without. */
export interface FoundScheme {
  scheme: IdentifierScheme;
  prefix: string;
}

/** The scheme that a system means by its word for it; null = none that is known. */
export function schemeOf(text: string): FoundScheme | null {
  const word = wordOf(text);
  const prefix = vatPrefix(word);
  if (prefix !== null) return { scheme: EU_VAT, prefix };
  const scheme = BY_NAME.get(ALIASES[word] ?? word);
  return scheme ? { scheme, prefix: '' } : null;
}

function wordOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}
