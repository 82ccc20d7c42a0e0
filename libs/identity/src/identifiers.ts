import { stdnum } from 'stdnum';
import { isUnifiedSocialCreditCode } from './unified-social-credit-code';

/** An identifier as a system writes it. */
export interface RawIdentifier {
  /** The system's word for what it is; null = a text of unknown kind. */
  scheme: string | null;
  value: string;
}

export interface CheckedIdentifier {
  scheme: string;
  /** Without separators, upper case: equal identifiers have equal texts. */
  normalized: string;
  valid: boolean;
}

interface Scheme {
  name: string;
  /** The form without separators, or null when the text can't be one. */
  normalize(compact: string): string | null;
  isValid(normalized: string): boolean;
}

const VAT_VALIDATORS: Readonly<Record<string, string>> = {
  AT: 'uid', BE: 'vat', BG: 'vat', CY: 'vat', CZ: 'dic', DE: 'vat', DK: 'cvr', EE: 'kmkr', EL: 'vat', ES: 'nif',
  FI: 'alv', FR: 'tva', GB: 'vat', HR: 'oib', HU: 'anum', IE: 'vat', IT: 'iva', LT: 'pvm', LU: 'tva', LV: 'pvn',
  MT: 'vat', NL: 'btw', PL: 'nip', PT: 'nif', RO: 'cui', SE: 'vat', SI: 'ddv', SK: 'dph',
}; // prettier-ignore

const SCHEMES: readonly Scheme[] = [
  { name: 'cn_uscc', normalize: (text) => (text.length === 18 ? text : null), isValid: isUnifiedSocialCreditCode },
  {
    name: 'eu_vat',
    normalize: (text) => (/^[A-Z]{2}[0-9A-Z]{6,13}$/.test(text) && text.slice(0, 2) in VAT_VALIDATORS ? text : null),
    isValid: isVatNumber,
  },
];

/**
 * Normalises an identifier and tests its check digits. A text of unknown kind is tried as each scheme and counts
 * only where its check digits fit; null when it is none that is known.
 */
export function checkIdentifier(raw: RawIdentifier): CheckedIdentifier | null {
  const compact = raw.value
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  if (raw.scheme !== null) {
    const scheme = SCHEMES.find((each) => each.name === raw.scheme);
    const normalized = scheme?.normalize(compact);
    if (!scheme || !normalized) return { scheme: raw.scheme, normalized: compact, valid: false };
    return { scheme: scheme.name, normalized, valid: scheme.isValid(normalized) };
  }
  for (const scheme of SCHEMES) {
    const normalized = scheme.normalize(compact);
    if (normalized !== null && scheme.isValid(normalized)) return { scheme: scheme.name, normalized, valid: true };
  }
  return null;
}

/**
 * The register that issues a valid identifier: a company has one number in it. VAT numbers are issued by country, and a
 * company may have one in each.
 */
export function identifierRegister(scheme: string, normalized: string): string {
  return scheme === 'eu_vat' ? `${scheme}.${normalized.slice(0, 2)}` : scheme;
}

/** The key under which accounts with this identifier meet; null for one that is not valid. */
export function identifierKey(identifier: CheckedIdentifier): string | null {
  return identifier.valid ? `tax:${identifier.scheme}:${identifier.normalized}` : null;
}

/** The identifier that a key was made of; null = the key is of another kind. */
export function numberOfKey(identityKey: string): { scheme: string; normalized: string } | null {
  const match = /^tax:([^:]+):(.+)$/.exec(identityKey);
  return match && { scheme: match[1]!, normalized: match[2]! };
}

function isVatNumber(code: string): boolean {
  const country = code.slice(0, 2) === 'EL' ? 'GR' : code.slice(0, 2);
  const validators = stdnum[country] as Record<string, { validate(value: string): { isValid: boolean } }> | undefined;
  const validator = validators?.[VAT_VALIDATORS[code.slice(0, 2)]!];
  return validator !== undefined && validator.validate(code).isValid;
}
