import { UNUSUAL_READINGS } from '../vocabulary/readings';
import { asciiOf, toSimplified } from './libraries';

/** Cyrillic signs that are no sound; they would become apostrophes. */
const SIGNS = /[ьъ]/gu;
const HAN = /\p{Script=Han}/u;

export function hasHan(text: string): boolean {
  return HAN.test(text);
}

/** Compatibility forms (full-width letters and digits, ligatures) as plain ones, lower case, single spaces. */
export function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** Traditional characters as simplified ones; other text stays as it is. */
export function simplified(text: string): string {
  return HAN.test(text) ? toSimplified()(text) : text;
}

/** Han characters by their most usual sound, without tones: 鼎盛 → dingsheng. Syllables are not kept apart. */
export function pinyin(text: string): string {
  let sounds = '';
  for (const character of text) sounds += UNUSUAL_READINGS.get(character) ?? asciiOf()(character);
  return sounds.replace(/\s+/g, '').toLowerCase();
}

/** Any script in the letters a to z, as far as it can be: Schäfer → schafer, Łódź → lodz. */
export function latin(text: string): string {
  return HAN.test(text) ? pinyin(simplified(text)) : asciiOf()(text).toLowerCase();
}

/** Letters and digits only, in latin letters, in the order in which they stand. */
export function words(text: string): string[] {
  return latinKeepingSpaces(plain(text)).match(/[a-z0-9]+/g) ?? [];
}

function latinKeepingSpaces(text: string): string {
  return HAN.test(text)
    ? text.replace(/\p{Script=Han}+/gu, (run) => ` ${pinyin(simplified(run))} `)
    : asciiOf()(text.replace(SIGNS, '')).toLowerCase();
}
