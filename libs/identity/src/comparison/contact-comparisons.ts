import { email, phone, webDomain, type Email } from '../normalise/contact-point';
import { eachValue, valuesOf, type Comparable, type ComparisonMethod } from './comparison-method';

/** Digits at the end in which the direct lines of one exchange differ. */
const DIRECT_DIGITS = 3;
const SHORTEST_LINE = 9;

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
  levels: ['same', 'same_domain', 'different'],
  prepare(record, attribute, { freeMail }) {
    const own = ({ address, domain }: Email): Comparable<MailPoint> => ({
      value: { address, domain: freeMail.has(domain) ? null : domain },
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
    if (a.domain === null || b.domain === null) return null;
    return a.domain === b.domain ? 'same_domain' : 'different';
  },
};
