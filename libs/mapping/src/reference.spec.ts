import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MAX_FIELD_LENGTH } from './coerce/field-coercion';
import { TIME_UNITS } from './coerce/temporal';
import { ALLOWED_CALLS, EXPRESSION_BOUNDS } from './expression/expression-bounds';
import { FUNCTION_NAMES } from './expression/functions';
import { NULL_POLICIES, UNKNOWN_POLICIES } from './language/mapping-file';
import { MATCHERS } from './test/matchers';

const page = readFileSync(join(__dirname, '../../../docs/reference/mapping-language.md'), 'utf8');

describe('the reference page', () => {
  it.each([
    ['functions', [...FUNCTION_NAMES].map((name) => `${name}(`)],
    ['functions of CEL', [...ALLOWED_CALLS]],
    ['matchers', Object.keys(MATCHERS)],
    ['bounds', [...Object.values(EXPRESSION_BOUNDS), MAX_FIELD_LENGTH].map((bound) => bound.toLocaleString('en'))],
    ['policies and units', [...NULL_POLICIES, ...UNKNOWN_POLICIES, ...TIME_UNITS].map((word) => `\`${word}\``)],
  ])('names all %s', (_what, words) => {
    expect(words.filter((word) => !page.includes(word))).toEqual([]);
  });
});
