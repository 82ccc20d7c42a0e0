import { checkIdentifier, identifierKey, isUnifiedSocialCreditCode } from '.';

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
});
