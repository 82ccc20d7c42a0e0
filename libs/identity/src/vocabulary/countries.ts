import { words } from '../normalise/text';

/** Languages in which companies write the country of a subsidiary. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'sv', 'nb', 'da', 'fi', 'cs', 'hu', 'ro', 'tr'];
/** ISO 3166-1 codes of countries that companies have subsidiaries in. */
const CODES =
  'AE AL AR AT AU BA BE BG BO BR BY CA CH CL CN CO CR CZ DE DK DO DZ EC EE EG ES FI FR GB GH GR GT HK HN HR HU ID IE IL IN IQ IR IS IT JP KE KR KW KZ LB LK LT LU LV MA MD MK MT MX MY NG NL NO NZ OM PA PE PH PK PL PT PY QA RO RS RU SA SE SG SI SK SV TH TN TR TW TZ UA UG US UY UZ VE VN ZA'.split(
    ' ',
  );
/** Words beside the official names. */
const OTHERS: Readonly<Record<string, string>> = {
  uk: 'GB', england: 'GB', usa: 'US', holland: 'NL', czechia: 'CZ', korea: 'KR', nederland: 'NL',
  uae: 'AE', prc: 'CN', 'great britain': 'GB', 'south korea': 'KR', 'czech republic': 'CZ', brasil: 'BR',
  polska: 'PL', osterreich: 'AT', espana: 'ES', 'hong kong': 'HK', hongkong: 'HK', rossiya: 'RU',
}; // prettier-ignore

interface Countries {
  /** Words of a name in any of the languages → code. */
  byWords: ReadonlyMap<string, string>;
  /** Code → English name without spaces. */
  spelling: ReadonlyMap<string, string>;
}

let made: Countries | undefined;

/** Made when the first name in latin letters comes: it takes a while. */
function countries(): Countries {
  if (made) return made;
  const byWords = new Map(Object.entries(OTHERS));
  const spelling = new Map<string, string>();
  for (const language of LANGUAGES) {
    const names = new Intl.DisplayNames([language], { type: 'region' });
    for (const code of CODES) {
      const name = words(names.of(code) ?? '').join(' ');
      if (name !== '') byWords.set(name, code);
      if (language === 'en') spelling.set(code, name.replaceAll(' ', ''));
    }
  }
  return (made = { byWords, spelling });
}

const LONGEST = 3;

/** The country that `name` has at `at`, by its English name without spaces, and in how many words; null = none. */
export function countryAt(name: readonly string[], at: number): { place: string; length: number } | null {
  for (let length = Math.min(LONGEST, name.length - at); length > 0; length--) {
    const code = countries().byWords.get(name.slice(at, at + length).join(' '));
    if (code !== undefined) return { place: countries().spelling.get(code)!, length };
  }
  return null;
}
