import { companyName, type CompanyName } from '../normalise/company-name';
import { eachValue, type ComparisonMethod } from './comparison-method';
import { editSimilarity, isOneEdit } from './similarity';

const CLOSE_BRAND = 0.85;
const LONG_BRAND = 6;
const LONG_CORE = { han: 4, latin: 8 };

const prepare = eachValue(
  (text) => companyName(text),
  ({ places, brandWords, trades, form }) =>
    [places.join('+'), brandWords.join(' '), trades.join('+'), form ? `(${form})` : ''].filter(Boolean).join(' '),
);

/** Places and legal forms have comparisons of their own, so that they count apart. */
export const companyNames: ComparisonMethod<CompanyName> = {
  levels: ['full', 'whole', 'same', 'close', 'partial', 'other_trade', 'different'],
  // A full name is one company's by law wherever names are registered by place; how common the own name is says nothing.
  term: { of: ({ brand }) => brand, usual: 'same', levels: ['whole', 'same'] },
  prepare,
  compare(a, b) {
    if (hasSameBrand(a, b) && a.isGroup === b.isGroup) {
      const isWhole = samePlaces(a, b) && sameList(a.trades, b.trades);
      if (isWhole && isFull(a) && isFull(b)) return 'full';
      if (isWhole && saysMore(a) && saysMore(b)) return 'whole';
      if (agree(a.trades, b.trades)) return 'same';
    }
    if (isClose(a, b)) return 'close';
    if (a.brand === b.brand) return 'other_trade';
    return isPart(a, b) || isPart(b, a) ? 'partial' : 'different';
  },
};

type Places = Pick<CompanyName, 'places' | 'hanPlaces'>;

export const placesInNames: ComparisonMethod<Places> = {
  levels: ['same', 'different'],
  prepare: (record, attribute, context) =>
    prepare(record, attribute, context).flatMap(({ value: { places, hanPlaces } }) =>
      places.length > 0 ? [{ value: { places, hanPlaces }, shown: places.join('+') }] : [],
    ),
  compare(a, b) {
    const [some, others] = writtenAlike(a, b);
    // A province beside a city is no contradiction.
    return some.some((place) => others.includes(place)) ? 'same' : 'different';
  },
};

/** By characters where both have them, for several places may have one spelling. */
function writtenAlike(a: Places, b: Places): [readonly string[], readonly string[]] {
  return a.hanPlaces.length > 0 && b.hanPlaces.length > 0 ? [a.hanPlaces, b.hanPlaces] : [a.places, b.places];
}

function samePlaces(a: Places, b: Places): boolean {
  return sameList(...writtenAlike(a, b));
}

export const legalForms: ComparisonMethod<string> = {
  levels: ['same', 'different'],
  prepare: (record, attribute, context) =>
    prepare(record, attribute, context).flatMap(({ value: { form } }) =>
      form === null || form === 'company' ? [] : [{ value: form, shown: form }],
    ),
  compare: (a, b) => (a === b ? 'same' : 'different'),
};

/** Between Chinese names the characters count: 宏达 and 鸿达 sound alike and are two companies, or a typing error. */
function hasSameBrand(a: CompanyName, b: CompanyName): boolean {
  if (a.brand !== b.brand) return false;
  return a.script !== b.script || a.script === 'latin' || sameList(a.brandWords, b.brandWords);
}

/** More than one word of a name: what two companies seldom share to the last letter. */
function saysMore({ brandWords, trades, places, brand }: CompanyName): boolean {
  return brand.length >= LONG_BRAND || brandWords.length + trades.length + places.length > 1;
}

/** A brand of one character, or without a trade or place, is too common to name a company alone. */
function isFull({ places, trades, brandWords }: CompanyName): boolean {
  return places.length > 0 && trades.length > 0 && brandWords.join('').length > 1;
}

/** Trades agree where one name leaves them out, or all of one stand in the other. */
function agree(a: readonly string[], b: readonly string[]): boolean {
  return a.every((trade) => b.includes(trade)) || b.every((trade) => a.includes(trade));
}

function isClose(a: CompanyName, b: CompanyName): boolean {
  if (a.numerals !== b.numerals && a.script === b.script) return false;
  if (a.brand === b.brand) return agree(a.trades, b.trades);
  if (a.script === b.script && isLong(a) && isLong(b) && isOneEdit(a.core, b.core)) return true;
  if (!agree(a.trades, b.trades) || Math.min(a.brand.length, b.brand.length) < LONG_BRAND) return false;
  return editSimilarity(a.brand, b.brand) >= CLOSE_BRAND || sameWords(a.brandWords, b.brandWords);
}

function isLong({ script, core }: CompanyName): boolean {
  return core.length >= LONG_CORE[script];
}

/** The same words in another order. */
function sameWords(a: readonly string[], b: readonly string[]): boolean {
  return a.length > 1 && sameList([...a].sort(), [...b].sort());
}

/** The brand is the beginning of the other's: a short name beside a long one. */
function isPart(short: CompanyName, long: CompanyName): boolean {
  if (!agree(short.trades, long.trades) || short.brand.length < 4) return false;
  if (short.script === 'han' || long.script === 'han') return long.brand.startsWith(short.brand);
  return short.brandWords.every((word, at) => {
    const other = long.brandWords[at];
    return other !== undefined && (other === word || (at > 0 && word.length > 2 && other.startsWith(word)));
  });
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}
