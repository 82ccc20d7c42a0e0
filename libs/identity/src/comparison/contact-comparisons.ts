import { email, isFreeMail, phone, webDomain, type Email } from '../normalise/contact-point';
import { eachValue, valuesOf, type Comparable, type ComparisonMethod } from './comparison-method';
import { editSimilarity } from './similarity';

/** Digits at the end in which the direct lines of one exchange differ. */
const DIRECT_DIGITS = 4;
const SHORTEST_LINE = 10;
const CLOSE_ADDRESS = 0.9;
const SHORTEST_ADDRESS = 10;

export const phones: ComparisonMethod<string> = {
  levels: ['same', 'same_exchange', 'different'],
  prepare: eachValue(
    (text, record, { defaultCountry }) => phone(text, valuesOf(record, 'country')[0]?.toUpperCase() ?? defaultCountry),
    (number) => number,
  ),
  compare(a, b) {
    if (a === b) return 'same';
    const isExchange = a.length === b.length && a.length >= SHORTEST_LINE && exchange(a) === exchange(b);
    return isExchange ? 'same_exchange' : 'different';
  },
};

function exchange(number: string): string {
  return number.slice(0, number.length - DIRECT_DIGITS);
}

interface MailPoint {
  /** null: a web address, or nothing but the domain. */
  address: string | null;
  /** null: it belongs to anybody. */
  domain: string | null;
}

/** Mail addresses, and web addresses beside them where there is an attribute `website`. */
export const emails: ComparisonMethod<MailPoint> = {
  levels: ['same', 'close', 'same_domain', 'different'],
  prepare(record, attribute, { freeMail }) {
    const own = ({ address, domain }: Email): Comparable<MailPoint> => ({
      value: { address, domain: isFreeMail(domain, freeMail) ? null : domain },
      shown: address,
    });
    const mails = valuesOf(record, attribute).map(email);
    const sites = valuesOf(record, 'website').map(webDomain);
    return [
      ...mails.filter((value) => value !== null).map(own),
      ...sites.filter((value) => value !== null).map((domain) => ({ value: { address: null, domain }, shown: domain })),
    ];
  },
  compare(a, b) {
    if (a.address !== null && a.address === b.address) return 'same';
    if (a.address !== null && b.address !== null && areClose(a.address, b.address)) return 'close';
    if (a.domain === null || b.domain === null) return null;
    return a.domain === b.domain ? 'same_domain' : 'different';
  },
};

/** A typing error, on either side of the @. */
function areClose(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= SHORTEST_ADDRESS && editSimilarity(a, b) >= CLOSE_ADDRESS;
}
