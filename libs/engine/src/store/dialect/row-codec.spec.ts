import { bool, bytes, decimal, int, json, table, text } from '../schema/table';
import { decodeRow, rowEncoder } from './row-codec';

const THING = table('thing', ['id'], {
  id: text(5),
  name: text(4),
  other_key: text(3),
  flag: bool,
  amount: decimal,
  count: int,
  raw: bytes,
  body: json,
});

describe('rows of declared tables', () => {
  it('encodes in the order asked for; absent is null', () => {
    const encode = rowEncoder(THING, ['flag', 'id', 'body', 'amount']);
    expect(encode({ id: 'a', flag: true, body: { x: '字' } })).toEqual([1, 'a', '{"x":"字"}', null]);
    expect(() => rowEncoder(THING, ['nothing'])).toThrow('no column nothing');
  });

  it('cuts long names but never through a character, and refuses long keys', () => {
    const encode = rowEncoder(THING, ['name']);
    expect(encode({ name: 'abcdef' })).toEqual(['abcd']);
    expect(encode({ name: 'abc🏭' })).toEqual(['abc']);
    for (const column of ['id', 'other_key']) {
      expect(() => rowEncoder(THING, [column])({ [column]: 'abcdefg' })).toThrow(
        expect.objectContaining({ code: 'STORE_KEY_TOO_LONG', kind: 'poison' }),
      );
    }
  });

  it('decodes what drivers give: text of numbers, padded decimals, bytes, nulls', () => {
    const row = {
      id: 'a',
      flag: '1',
      amount: '-5.0000000000',
      count: '12',
      raw: new Uint8Array([1]),
      body: '[1]',
      name: null,
    };
    expect(decodeRow(THING, row)).toEqual({
      id: 'a',
      flag: true,
      amount: '-5',
      count: 12,
      raw: Buffer.from([1]),
      body: [1],
      name: null,
    });
  });
});
