import { parseExplainPath } from './explain-path';

describe('parseExplainPath', () => {
  it.each([
    ['attributes.name', { of: 'attribute', name: 'name' }],
    ['receivables.open_total', { of: 'open_total' }],
    ['receivables.aging.current', { of: 'aging', bucket: 'current' }],
    ['receivables.aging.>365', { of: 'aging', bucket: '>365' }],
    ['orders.open', { of: 'open_orders' }],
    ['rating.limit', { of: 'rating', member: 'limit' }],
    ['rating.features.pay_index', { of: 'feature', name: 'pay_index' }],
  ])('reads %s', (path, expected) => expect(parseExplainPath(path)).toEqual(expected));

  it.each([
    '',
    'attributes',
    'attributes.',
    'attributes.a.b',
    'receivables.aging.1-31',
    'rating',
    'rating.colour',
    'rating.features.',
  ])('refuses %j and says what there is', (path) =>
    expect(() => parseExplainPath(path)).toThrow('rating.<grade|limit|term|hold|score>'),
  );
});
