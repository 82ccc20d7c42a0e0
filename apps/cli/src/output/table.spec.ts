import { displayWidth, grouped, shortened, table } from './table';

describe('table', () => {
  it('lines columns up, Chinese names too, amounts to the right', () => {
    const text = table(
      ['name', 'open'],
      [
        ['苏州达美', '1,200.00'],
        ['Moreau', '5.00'],
      ],
      ['open'],
    );
    expect(text.split('\n')).toEqual([
      'name          open',
      '--------  --------',
      '苏州达美  1,200.00',
      'Moreau        5.00',
    ]);
  });

  it.each([
    ['0', '0'],
    ['999.50', '999.50'],
    ['-1234567.89', '-1,234,567.89'],
  ])('groups the digits of %s', (amount, expected) => expect(grouped(amount)).toBe(expected));

  it('cuts to the width that a terminal shows', () => {
    expect(shortened('苏州达美电缆', 7)).toBe('苏州达…');
    expect(displayWidth('苏州达…')).toBe(7);
    expect(shortened('short', 7)).toBe('short');
  });
});
