import fc from 'fast-check';
import { atPointer } from './json-pointer';
import { fillJson, fillUrl, JsonNumber } from './json-template';

describe('templates', () => {
  it('give each placeholder the type of its value', () => {
    const template = { limit: '{limit}', held: '{held}', note: 'grade {grade}', none: '{none}', list: ['{grade}', 1] };
    const values = { limit: new JsonNumber('9007199254740993.01'), held: true, grade: 'A', none: null };
    expect(fillJson(template, values)).toBe(
      '{"limit":9007199254740993.01,"held":true,"note":"grade A","none":null,"list":["A",1]}',
    );
  });

  it('can not be broken out of by any value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const body = JSON.parse(fillJson({ a: '{v}', b: 'x {v} y', c: 1 }, { v: value })) as Record<string, unknown>;
        expect(body).toEqual({ a: value, b: `x ${value} y`, c: 1 });
      }),
    );
  });

  it('keep every value in its place of the address', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (value) => {
        fc.pre(value !== '.' && value !== '..');
        const url = fillUrl('customers/{id}/credit?code={id}', { id: value }, 'https://crm.example.com/api/');
        expect(url.pathname.split('/')).toHaveLength(5);
        expect(decodeURIComponent(url.pathname.split('/')[3]!)).toBe(value);
        expect(url.searchParams.get('code')).toBe(value);
      }),
    );
    expect(() => fillUrl('customers/{id}', { id: '..' }, 'https://crm.example.com/')).toThrow(RangeError);
  });
});

it('pointers lead through objects and lists, never to inherited members', () => {
  const document = { items: [{ 'a/b': 1 }] };
  expect(atPointer(document, '/items/0/a~1b')).toBe(1);
  expect(atPointer(document, '/items/length/x')).toBeUndefined();
  expect(atPointer(document, '/constructor')).toBeUndefined();
  expect(atPointer(document, '')).toBe(document);
});
