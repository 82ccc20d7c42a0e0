import type { CountryCode } from 'libphonenumber-js';
import { phoneLibrary } from './libraries';
import { remembered } from './remembered';
import { plain } from './text';

/** The number in E.164 without extension; of one that can't be parsed its digits; null = too short to be one. */
export function phone(text: string, country: string): string | null {
  return phoneOf(`${country}\n${text}`);
}

const phoneOf = remembered((countryAndText): string | null => {
  const [country, text] = countryAndText.split('\n', 2) as [string, string];
  const [number] = plain(text).split(/(?:ext|extn|extension|转|分机|x|#)[.:\s]*\d{1,6}$/u);
  const parsed = phoneLibrary().parsePhoneNumberFromString(number!, country as CountryCode);
  if (parsed?.isPossible()) return parsed.number;
  const digits = number!.replace(/\D/g, '');
  return digits.length >= 6 ? digits : null;
});

export interface Email {
  address: string;
  domain: string;
}

/** Lower case, without what follows a plus in the local part; null = no address. */
export function email(text: string): Email | null {
  const match = /^<?([^\s@<>]+)@([^\s@<>]+\.[a-z]{2,})>?$/.exec(plain(text).replace(/^mailto:/, ''));
  if (!match) return null;
  const domain = match[2]!.replace(/^(www|mail|smtp|mx)\./, '');
  return { address: `${match[1]!.replace(/\+.*/, '')}@${domain}`, domain };
}

/** The host of a web address without www; null = none. */
export function webDomain(text: string): string | null {
  const host = plain(text)
    .replace(/^[a-z]+:\/\//, '')
    .split(/[/?#:]/)[0]!
    .replace(/^www\./, '');
  return /^[^\s@]+\.[a-z]{2,}$/.test(host) ? host : null;
}

/** Domains of mail providers carry the word; those that do not are named by the configuration. */
export function isFreeMail(domain: string, freeMail: ReadonlySet<string>): boolean {
  return freeMail.has(domain) || domain.split('.')[0]!.includes('mail');
}
