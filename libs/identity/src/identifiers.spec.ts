import fc from 'fast-check';
import { checkIdentifier, identifierKey, identifierRegister, isUnifiedSocialCreditCode } from '.';
import { NATIONAL_NUMBERS } from './identifier-schemes/national-numbers';
import { OWN_SCHEMES } from './identifier-schemes/schemes';

describe('isUnifiedSocialCreditCode', () => {
  it.each(['91330405W7A6436354', '91320282EFG9082920', '91330201MA56832060'])(
    'takes %s, check character included',
    (code) => {
      expect(isUnifiedSocialCreditCode(code)).toBe(true);
    },
  );

  it.each([
    ['a swapped digit', '91330405W7A6436345'],
    ['a character outside the alphabet', '91330405W7A643635I'],
    ['a missing character', '91330405W7A643635'],
    ['two digits exchanged in the region', '91330271MA56832060'],
  ])('refuses %s', (_what, code) => {
    expect(isUnifiedSocialCreditCode(code)).toBe(false);
  });
});

describe('checkIdentifier', () => {
  it('finds the scheme of an unchecked text by its check digits, whatever its separators', () => {
    expect(checkIdentifier({ scheme: null, value: ' 9121 0100 5w91 8939 1k ' })).toEqual({
      scheme: 'cn_uscc',
      normalized: '912101005W9189391K',
      valid: true,
    });
    expect(checkIdentifier({ scheme: null, value: 'nl081554965b03' })).toMatchObject({
      scheme: 'eu_vat',
      normalized: 'NL081554965B03',
      valid: true,
    });
  });

  it('makes no key of an identifier whose check digits do not fit', () => {
    const wrong = checkIdentifier({ scheme: 'cn_uscc', value: '91330405W7A6436345' });
    expect(wrong).toMatchObject({ valid: false });
    expect(identifierKey(wrong!)).toBeNull();
    expect(checkIdentifier({ scheme: null, value: '91330271MA56832060' })).toBeNull();
  });

  it('reads full-width characters like their plain forms', () => {
    expect(checkIdentifier({ scheme: 'cn_uscc', value: '９１３３０４０５W7A6436354' })).toMatchObject({
      normalized: '91330405W7A6436354',
      valid: true,
    });
  });

  // Published examples: GLEIF, the registers' own pages, and the tests of python-stdnum.
  it.each([
    ['lei', '2138 00KU D8LA JWSQ 9D 15', 'lei', '213800KUD8LAJWSQ9D15'],
    ['LEI', '5493001KJTIIGC8Y1R12', 'lei', '5493001KJTIIGC8Y1R12'],
    ['D-U-N-S', '15-048-3782', 'duns', '150483782'],
    ['gln', '4006381333931', 'gln', '4006381333931'],
    ['EIN', '91-1144442', 'us_ein', '911144442'],
    ['VAT', 'DE136695976', 'eu_vat', 'DE136695976'],
    ['de_vat', '136 695 976', 'eu_vat', 'DE136695976'],
    ['at_uid', 'U13585627', 'eu_vat', 'ATU13585627'],
    ['gr_vat', 'GR 094259216', 'eu_vat', 'EL094259216'],
    ['ch_vat', 'CHE-107.787.577 MWST', 'ch_uid', 'CHE107787577'],
    ['ch_uid', 'CHE-107.787.577', 'ch_uid', 'CHE107787577'],
    ['no_mva', 'NO 995 525 828 MVA', 'no_orgnr', '995525828'],
    ['统一社会信用代码', '91330405W7A6436354', 'cn_uscc', '91330405W7A6436354'],
    ['jp_cn', '5-8356-7825-6246', 'jp_cn', '5835678256246'],
    ['in_gstin', '27AAPFU0939F1ZV', 'in_gstin', '27AAPFU0939F1ZV'],
    ['kr_brn', '116-82-00276', 'kr_brn', '1168200276'],
    ['au_abn', '83 914 571 673', 'au_abn', '83914571673'],
    ['br_cnpj', '16.727.230/0001-97', 'br_cnpj', '16727230000197'],
    ['ru_inn', '7707083893', 'ru_inn', '7707083893'],
    ['tw_ubn', '00501503', 'tw_ubn', '00501503'],
    ['vn_mst', '0100233488', 'vn_mst', '0100233488'],
    ['some word', '213800KUD8LAJWSQ9D15', 'lei', '213800KUD8LAJWSQ9D15'],
  ])('takes a %s %s for %s', (scheme, value, name, normalized) => {
    expect(checkIdentifier({ scheme, value })).toEqual({ scheme: name, normalized, valid: true });
  });

  it.each([
    ['lei', '213800KUD8LAJWSQ9D16'],
    ['gln', '4006381333932'],
    ['de_vat', '136695977'],
    ['eu_vat', 'NL1234567'],
    ['ch_uid', 'CHE-107.787.578'],
    ['jp_cn', '2-8356-7825-6246'],
    ['ru_inn', '7707083894'],
    ['duns', '123456789'],
    ['us_ein', '12-3456789'],
    ['duns', '00-000-0000'],
    ['some word', '4711'],
  ])('refuses the %s %s', (scheme, value) =>
    expect(checkIdentifier({ scheme, value })).toMatchObject({ valid: false }),
  );

  it('guesses no number that a telephone number could be', () => {
    for (const value of ['116-82-00276', '83 914 571 673', '7707083893', '15-048-3782', '136695976'])
      expect(checkIdentifier({ scheme: null, value })).toBeNull();
  });

  it('never fails, whatever is typed, and finds its own result valid again', () => {
    const words = [...NATIONAL_NUMBERS.keys(), ...OWN_SCHEMES.map(({ name }) => name)];
    expect(words.length).toBeGreaterThan(150);
    const typed = fc.oneof(fc.string({ maxLength: 20 }), fc.stringMatching(/^[A-Z]{0,3}[0-9]{0,18}[A-Z]?$/));
    fc.assert(
      fc.property(fc.constantFrom(...words), typed, (scheme, value) => {
        const first = checkIdentifier({ scheme, value })!;
        if (first.valid) expect(checkIdentifier({ scheme: first.scheme, value: first.normalized })).toEqual(first);
      }),
      { numRuns: 2000 },
    );
  });

  it('knows which numbers branches have of their own', () => {
    expect(identifierRegister('duns', '150483782')).toBeNull();
    expect(identifierRegister('eu_vat', 'DE136695976')).toBe('eu_vat.DE');
    expect(identifierRegister('lei', '213800KUD8LAJWSQ9D15')).toBe('lei');
  });
});
