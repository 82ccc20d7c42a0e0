import fc from 'fast-check';
import { buffersOf, packMessages, unpackMessages } from './packed-messages';

const bytes = fc.option(fc.uint8Array({ maxLength: 20 }).map((array) => Buffer.from(array)));
const message = fc
  .record({
    key: bytes,
    value: bytes,
    timestamp: fc.nat(),
    headers: fc.option(fc.dictionary(fc.string(), fc.string())),
  })
  .map(({ headers, ...rest }) => (headers ? { ...rest, headers } : rest));

describe('packed messages', () => {
  it('come out as they went in, through a change of threads', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 20 }), (messages) => {
        const packed = packMessages(messages);
        const sent = structuredClone(packed, { transfer: buffersOf(packed) });
        expect(unpackMessages(sent)).toEqual(messages);
      }),
    );
  });

  it('tell an empty value from none', () => {
    const messages = [
      { key: null, value: Buffer.alloc(0), timestamp: 1 },
      { key: Buffer.alloc(0), value: null, timestamp: 2 },
    ];
    expect(unpackMessages(packMessages(messages))).toEqual(messages);
  });
});
