import { createRequire } from 'node:module';
import anyAscii from 'any-ascii';

const load = createRequire(__filename);
type Converter = (text: string) => string;

/** The dictionaries of Chinese are some 20 MB; an installation that never meets a Chinese name does not load them. */
function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

const toSimplified = lazy((): Converter =>
  (load('opencc-js/t2cn') as typeof import('opencc-js/t2cn')).Converter({ from: 'tw', to: 'cn' }),
);
const pinyinOf = lazy(() => (load('pinyin-pro') as typeof import('pinyin-pro')).pinyin);

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

/** Han characters by their sound, without tones: 鼎盛 → dingsheng. Syllables are not kept apart. */
export function pinyin(text: string): string {
  return pinyinOf()(text, { toneType: 'none', type: 'array', v: true }).join('').replace(/\s+/g, '').toLowerCase();
}

/** Any script in the letters a to z, as far as it can be: Schäfer → schafer, Łódź → lodz. */
export function latin(text: string): string {
  return HAN.test(text) ? pinyin(simplified(text)) : anyAscii(text).toLowerCase();
}

/** Letters and digits only, in latin letters, in the order in which they stand. */
export function words(text: string): string[] {
  return latinKeepingSpaces(plain(text)).match(/[a-z0-9]+/g) ?? [];
}

function latinKeepingSpaces(text: string): string {
  return HAN.test(text)
    ? text.replace(/\p{Script=Han}+/gu, (run) => ` ${pinyin(simplified(run))} `)
    : anyAscii(text).toLowerCase();
}
