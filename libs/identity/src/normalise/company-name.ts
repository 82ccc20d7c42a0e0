import { withoutHanForm, withoutLatinForm } from '../vocabulary/legal-forms';
import { countryAt } from '../vocabulary/countries';
import { hanPlaceOf, leadingPlaces, placeOf } from '../vocabulary/chinese-places';
import { withoutHanTrades, withoutLatinTrades } from '../vocabulary/trades';
import { remembered } from './remembered';
import { hasHan, latin, plain, simplified, words } from './text';

/** A company's name in its parts. Parts in latin letters meet across scripts: 成都鼎盛汽配 and Chengdu Dingsheng Auto Parts. */
export interface CompanyName {
  script: 'han' | 'latin';
  /** Latin spellings of the places in the name, sorted. */
  places: readonly string[];
  /** The same in characters, where they are written so: 泰州 and 台州 have one spelling. */
  hanPlaces: readonly string[];
  /** What is the company's own, in latin letters without spaces. */
  brand: string;
  /** The same in words, where the script has any. */
  brandWords: readonly string[];
  /** Codes of trades, sorted. */
  trades: readonly string[];
  /** Class of the legal form; null = none is written. */
  form: string | null;
  isGroup: boolean;
  /** Numbers in the name, arabic, roman, or 第一: they tell companies apart that differ in nothing else. */
  numerals: string;
  /** All but the legal form, in the name's own script without spaces: what typing errors are looked for in. */
  core: string;
}

const HAN_BRACKETS = /[(〔【[]([^)〕】\]]*)[)〕】\]]/gu;
const APOSTROPHE = /['’‘`´]/gu;
const ROMAN = /^(ii|iii|iv|vi|vii|viii|ix|xi|xii|xiii|xiv|xv)$/;
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
  const bracketed = [...written.matchAll(HAN_BRACKETS)].map((match) => hanPlaceOf(match[1]!.trim()));
  const joined = written.replace(HAN_BRACKETS, '').replace(NOT_HAN_WORD, '');
  const { rest: core, form } = withoutHanForm(joined);
  const { places, rest: named } = leadingPlaces(core);
  const { rest: brand, trades, isGroup } = withoutHanTrades(named);
  const hanPlaces = [...new Set([...places, ...bracketed.filter((place) => place !== null)])].sort();
  const spellings = [...new Set(hanPlaces.map((place) => placeOf(place)!))].sort();
  return {
    script: 'han',
    places: spellings,
    hanPlaces,
    brand: latin(brand),
    brandWords: [brand],
    trades,
    form,
    isGroup,
    numerals: (core.match(/\d+|第[一二三四五六七八九十百]+/gu) ?? []).join(' '),
    core,
  };
}

function latinName(written: string): CompanyName {
  const dotted = written
    .replaceAll('&', ' and ')
    .replace(APOSTROPHE, '')
    .replace(/\b(?:\p{L}\.){2,}/gu, (letters) => letters.replaceAll('.', ''));
  const abbreviated = new Set((dotted.match(/[\p{L}]+(?=\.)/gu) ?? []).flatMap(words));
  const whole = withoutLatinForm(writtenOut(words(dotted)));
  const { places, named: placeless } = withoutLatinPlaces(whole.rest);
  // Bank Corporation of Chile: the form stands before the place.
  const inner = whole.form === null && places.length > 0 ? withoutLatinForm(placeless) : null;
  const { rest, form } = { rest: whole.rest, form: whole.form ?? inner?.form ?? null };
  const named = inner?.rest ?? placeless;
  const { rest: brandWords, trades, isGroup } = withoutLatinTrades(named, abbreviated);
  return {
    script: 'latin',
    places: [...new Set(places)].sort(),
    hanPlaces: [],
    brand: brandWords.join(''),
    brandWords,
    trades,
    form,
    isGroup,
    numerals: rest.filter((word, at) => /^\d+$/.test(word) || (at > 0 && ROMAN.test(word))).join(' '),
    core: rest.join(''),
  };
}

const ABBREVIATIONS: Readonly<Record<string, string>> = {
  intl: 'international', int: 'international', natl: 'national', mfg: 'manufacturing', bros: 'brothers', univ: 'university',
  dept: 'department', govt: 'government', svcs: 'services', svc: 'service', mgmt: 'management', engr: 'engineering',
  engrg: 'engineering', assn: 'association', assoc: 'association', assocs: 'associates', ctr: 'center', centre: 'center',
  hosp: 'hospital', inst: 'institute', gebr: 'gebruder', mt: 'mount', ft: 'fort',
}; // prettier-ignore

/** Abbreviations of English names written out, without the article in front. */
function writtenOut(name: readonly string[]): string[] {
  const whole = name.map((word) => ABBREVIATIONS[word] ?? word);
  return whole[0] === 'the' && whole.length > 1 ? whole.slice(1) : whole;
}

/** What is left in front of a place that is taken out: Bank of China. */
const CONNECTORS = new Set(['of', 'in', 'for', 'de', 'di', 'do', 'du', 'von', 'and', 'the']);

/** Places anywhere in a name in latin words; one is part of the name where nothing else is. */
function withoutLatinPlaces(name: readonly string[]): { places: string[]; named: string[] } {
  const places: string[] = [];
  const named: string[] = [];
  for (let at = 0; at < name.length;) {
    const country = countryAt(name, at);
    const place = country?.place ?? placeOf(name[at]!);
    if (place === null) named.push(name[at]!);
    else places.push(place);
    at += country?.length ?? 1;
  }
  while (places.length > 0 && CONNECTORS.has(named.at(-1)!)) named.pop();
  return named.length > 0 ? { places, named } : { places: [], named: [...name] };
}
