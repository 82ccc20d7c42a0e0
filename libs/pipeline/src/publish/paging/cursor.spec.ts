import fc from 'fast-check';
import { decodeCursor, encodeCursor } from './cursor';

describe('cursor', () => {
  it('gives back what was put in', () => {
    const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.constant(null));
    fc.assert(
      fc.property(fc.string(), fc.array(value, { maxLength: 4 }), (query, values) => {
        expect(decodeCursor(query, encodeCursor(query, values), values.length)).toEqual(values);
      }),
    );
  });

  it('is refused by another query', () => {
    expect(() => decodeCursor('sort=name', encodeCursor('sort=score', ['a', 'b']), 2)).toThrow('another query');
  });

  it.each(['', 'x', '!!', Buffer.from('{}').toString('base64url'), Buffer.from('[{}]').toString('base64url')])(
    'is refused when damaged: %j',
    (cursor) => expect(() => decodeCursor('q', cursor, 1)).toThrow('damaged'),
  );
});
