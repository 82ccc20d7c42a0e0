import fc from 'fast-check';
import { jsonArrayElements, lines } from './json-array';

const texts = (buffers: Buffer[]): string[] => buffers.map((buffer) => buffer.toString());

describe('jsonArrayElements', () => {
  it('keeps every digit and every byte of an element', () => {
    const body = Buffer.from(' [ {"a": 12345678901234567890.10, "b":"],[\\"{"} ,\n{"c":[1,{}]} ] \n');
    expect(texts(jsonArrayElements(body))).toEqual(['{"a": 12345678901234567890.10, "b":"],[\\"{"}', '{"c":[1,{}]}']);
  });

  it.each(['[]', ' [ ] '])('finds nothing in %j', (body) => expect(jsonArrayElements(Buffer.from(body))).toEqual([]));

  it.each(['', '{}', '[', 'x', '"[]"'])('refuses %j', (body) =>
    expect(() => jsonArrayElements(Buffer.from(body))).toThrow('JSON array'),
  );

  it('splits any array of objects as JSON.parse does', () => {
    const event = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const parsed = jsonArrayElements(Buffer.from(JSON.stringify(events))).map((each): unknown =>
          JSON.parse(each.toString()),
        );
        expect(parsed).toEqual(JSON.parse(JSON.stringify(events)));
      }),
    );
  });
});

describe('lines', () => {
  it('leaves out empty lines and carriage returns', () => {
    expect(texts(lines(Buffer.from('{"a":1}\r\n\n {"b":2} \n{"c":3}')))).toEqual(['{"a":1}', '{"b":2}', '{"c":3}']);
  });
});
