import { withoutHanForm, withoutLatinForm } from '../vocabulary/legal-forms';
import { leadingPlaces, placeOf } from '../vocabulary/chinese-places';
import { withoutHanTrades, withoutLatinTrades } from '../vocabulary/trades';
import { remembered } from './remembered';
import { hasHan, latin, plain, simplified, words } from './text';

/** A company's name in its parts. Parts in latin letters meet across scripts: 成都鼎盛汽配 and Chengdu Dingsheng Auto Parts. */
export interface CompanyName {
  script: 'han' | 'latin';
  /** Latin spellings of the places in the name, sorted. */
  places: readonly string[];
  /** What is the company's own, in latin letters without spaces. */
  brand: string;
  /** The same in words, where the script has any. */
  brandWords: readonly string[];
  /** Codes of trades, sorted. */
  trades: readonly string[];
  /** Class of the legal form; null = none is written. */
  form: string | null;
  isGroup: boolean;
  /** All but the legal form, in the name's own script without spaces: what typing errors are looked for in. */
  core: string;
}

const HAN_BRACKETS = /[(〔【[]([^)〕】\]]*)[)〕】\]]/gu;
const NOT_HAN_WORD = /[^\p{Script=Han}a-z0-9]+/gu;

/** null: nothing of the text is a name. */
export const companyName = remembered((text): CompanyName | null => {
  const written = simplified(plain(text));
  const name = isHanName(written) ? hanName(written) : latinName(written);
  return name.brand === '' ? null : name;
});

/** A name with Chinese characters in brackets only is a latin one. */
function isHanName(written: string): boolean {
  return hasHan(written.replace(HAN_BRACKETS, ''));
}

function hanName(written: string): CompanyName {
  const bracketed = [...written.matchAll(HAN_BRACKETS)].map((match) => placeOf(match[1]!.trim()));
  const joined = written.replace(HAN_BRACKETS, '').replace(NOT_HAN_WORD, '');
  const { rest: core, form } = withoutHanForm(joined);
  const { places, rest: named } = leadingPlaces(core);
  const { rest: brand, trades, isGroup } = withoutHanTrades(named);
  const all = [...new Set([...places, ...bracketed.filter((place) => place !== null)])].sort();
  return { script: 'han', places: all, brand: latin(brand), brandWords: [brand], trades, form, isGroup, core };
}

function latinName(written: string): CompanyName {
  const dotted = written
    .replaceAll('&', ' and ')
    .replace(/\b(?:\p{L}\.){2,}/gu, (letters) => letters.replaceAll('.', ''));
  const abbreviated = new Set((dotted.match(/[\p{L}]+(?=\.)/gu) ?? []).flatMap(words));
  const { rest, form } = withoutLatinForm(words(dotted));
  const places: string[] = [];
  // A place is part of the name where nothing else is.
  const named = rest.filter((word) => {
    const place = rest.length > 1 ? placeOf(word) : null;
    if (place !== null) places.push(place);
    return place === null;
  });
  const { rest: brandWords, trades, isGroup } = withoutLatinTrades(named.length > 0 ? named : rest, abbreviated);
  return {
    script: 'latin',
    places: [...new Set(places)].sort(),
    brand: brandWords.join(''),
    brandWords,
    trades,
    form,
    isGroup,
    core: rest.join(''),
  };
}
