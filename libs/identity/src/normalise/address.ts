import { placeOf } from '../vocabulary/chinese-places';
import { remembered } from './remembered';
import { plain, simplified, words } from './text';

const ABBREVIATIONS: Readonly<Record<string, string>> = {
  str: 'street', st: 'street', strasse: 'street', rd: 'road', lu: 'road', ave: 'avenue', av: 'avenue', blvd: 'boulevard',
  dr: 'drive', ln: 'lane', ct: 'court', pl: 'place', cres: 'crescent', cct: 'circuit', cl: 'close', hwy: 'highway',
  jie: 'street', dadao: 'avenue', no: '', hao: '', nr: '', num: '', shi: '', qu: '', bldg: 'building',
}; // prettier-ignore
const HAN_WAY = /(大道|路|街|巷|号|区|市|镇|村|栋|楼|室|园)/gu;

/** The words of a street with its numbers, abbreviations written out, sorted: their order differs by country. */
export const streetWords = remembered((text): readonly string[] => {
  const spaced = simplified(plain(text)).replace(HAN_WAY, ' $1 ');
  return words(spaced.replace(/(\p{Ll})(str\.|strasse|straße)(\s|$)/gu, '$1 street '))
    .map((word) => ABBREVIATIONS[word] ?? word)
    .filter((word) => word !== '')
    .sort();
});

/** A city in latin letters; the city of a Chinese address by its usual spelling. */
export const city = remembered((text): string | null => {
  const written = simplified(plain(text));
  const known = placeOf(written.replace(/市$/, ''));
  if (known !== null) return known;
  const joined = words(written.replace(/市$/, '')).join('');
  return joined === '' ? null : joined;
});

export function postalCode(text: string): string | null {
  const code = words(text).join('');
  return code === '' ? null : code;
}
