import { day } from '../normalise/day';
import { namePart } from '../normalise/person-name';
import { plain, words } from '../normalise/text';
import { eachValue, valuesOf, type ComparisonMethod } from './comparison-method';
import { isOneEdit, jaroWinkler } from './similarity';

const CLOSE_NAME = 0.88;
/** Given name ↔ surname: the part that this one may have changed places with. */
const OTHER_PART: Readonly<Record<string, string>> = { given_name: 'surname', surname: 'given_name' };

interface NamePart {
  own: string;
  /** The other part of the name; null = unknown. */
  other: string | null;
}

export const nameParts: ComparisonMethod<NamePart> = {
  levels: ['same', 'close', 'initial', 'swapped', 'different'],
  term: { of: ({ own }) => own, usual: 'same', levels: ['same'] },
  prepare(record, attribute) {
    const other = valuesOf(record, OTHER_PART[attribute] ?? '')[0];
    return valuesOf(record, attribute).flatMap((text) => {
      const own = namePart(text);
      return own === null ? [] : [{ value: { own, other: other ? namePart(other) : null }, shown: own }];
    });
  },
  compare(a, b) {
    if (a.own === b.own) return 'same';
    if (jaroWinkler(a.own, b.own) >= CLOSE_NAME) return 'close';
    if ((a.own.length === 1 || b.own.length === 1) && a.own[0] === b.own[0]) return 'initial';
    return a.own === b.other || b.own === a.other ? 'swapped' : 'different';
  },
};

export const days: ComparisonMethod<string> = {
  levels: ['same', 'close', 'same_year', 'different'],
  prepare: eachValue((text) => day(text), String),
  compare(a, b) {
    if (a === b) return 'same';
    const isExchanged = a.slice(0, 4) === b.slice(0, 4) && a.slice(4) === b.slice(6) + b.slice(4, 6);
    if (isOneEdit(a, b) || isExchanged) return 'close';
    return a.slice(0, 4) === b.slice(0, 4) ? 'same_year' : 'different';
  },
};

/** Numbers and codes that carry no check digits. */
export const exactTexts: ComparisonMethod<string> = {
  levels: ['same', 'close', 'different'],
  prepare: eachValue((text) => words(plain(text)).join('') || null, String),
  compare(a, b) {
    if (a === b) return 'same';
    return a.length > 4 && isOneEdit(a, b) ? 'close' : 'different';
  },
};
