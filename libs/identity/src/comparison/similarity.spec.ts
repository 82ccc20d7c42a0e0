import { isOneEdit, jaroWinkler, wordSimilarity } from './similarity';

// The worked examples of Winkler's report (1990) as they are usually given.
it.each([
  ['martha', 'marhta', 0.961],
  ['dwayne', 'duane', 0.84],
  ['dixon', 'dicksonx', 0.813],
  ['', 'abc', 0],
  ['abc', 'abc', 1],
])('Jaro–Winkler of %s and %s is %d', (a, b, expected) => {
  expect(jaroWinkler(a, b)).toBeCloseTo(expected, 3);
  expect(jaroWinkler(b, a)).toBeCloseTo(expected, 3);
});

it.each([
  ['7988', '7898', true],
  ['7988', '798', true],
  ['7988', '7989', true],
  ['7988', '7988', false],
  ['7988', '8897', false],
])('%s is one edit from %s: %s', (a, b, expected) => expect(isOneEdit(a, b)).toBe(expected));

it('counts words in common once each', () => {
  expect(wordSimilarity(['a', 'b'], ['a', 'b'])).toBe(1);
  expect(wordSimilarity(['a', 'a'], ['a'])).toBe(0.5);
  expect(wordSimilarity(['giblin', 'street'], ['gibline', 'street'])).toBeCloseTo(0.9);
});
