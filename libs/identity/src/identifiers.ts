import type { IdentifierScheme } from './identifier-schemes/identifier-scheme';
import { schemeOf, SELF_PROVING, type FoundScheme } from './identifier-schemes/schemes';

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

/**
 * Normalises an identifier and tests its check digits. A text whose kind nobody knows is tried as each scheme whose form
 * and check digits leave little to chance, and counts only where they fit; null when it is none that is known.
 */
export function checkIdentifier(raw: RawIdentifier): CheckedIdentifier | null {
  const compact = raw.value
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  const named = raw.scheme === null ? null : schemeOf(raw.scheme);
  if (named) return checked(named.scheme, withPrefix(compact, named)) ?? wrong(named.scheme.name, compact);
  for (const scheme of SELF_PROVING) {
    const found = checked(scheme, compact);
    if (found?.valid) return found;
  }
  return raw.scheme === null ? null : wrong(raw.scheme, compact);
}

function checked(scheme: IdentifierScheme, compact: string): CheckedIdentifier | null {
  const normalized = scheme.normalize(compact);
  if (normalized === null) return null;
  return { scheme: scheme.name, normalized, valid: !isFiller(normalized) && scheme.isValid(normalized) };
}

function wrong(scheme: string, normalized: string): CheckedIdentifier {
  return { scheme, normalized, valid: false };
}

function withPrefix(compact: string, { scheme, prefix }: FoundScheme): string {
  return prefix === '' || checked(scheme, compact)?.valid ? compact : prefix + compact;
}

/** What people type where a field must not be empty: one digit over and over, or all of them in a row. */
function isFiller(normalized: string): boolean {
  const digits = normalized.replace(/\D/g, '');
  return /^(\d)\1+$/.test(digits) || (digits.length > 5 && ROWS.some((row) => row.includes(digits)));
}

const ROWS = ['012345678901234567890', '098765432109876543210'];

/**
 * The register that issues a valid identifier, in which a party has one number; null = it may have several, so that two
 * that differ say nothing. VAT numbers are issued by country, and a company may have one in each.
 */
export function identifierRegister(scheme: string, normalized: string): string | null {
  if (scheme === 'eu_vat') return `${scheme}.${normalized.slice(0, 2)}`;
  return schemeOf(scheme)?.scheme.severalPerParty ? null : scheme;
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
