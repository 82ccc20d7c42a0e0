import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { compileMatching, logOdds, probabilityOf } from './compile-matching';
import type { MatchingModel, MatchRecord, PairEvidence } from './matching-model';
import { matchingOf, parseMatching } from './read-matching';

const SHIPPED = readFileSync('config/matching.yaml', 'utf8');
const model = compileMatching(matchingOf(SHIPPED, 'matching.yaml'));

function record(
  ref: string,
  attributes: MatchRecord['attributes'],
  kind: MatchRecord['kind'] = 'organisation',
): MatchRecord {
  return { ref, kind, attributes };
}

function compare(a: MatchRecord, b: MatchRecord, by: MatchingModel = model): PairEvidence {
  return by.compare(by.prepare(a), by.prepare(b));
}

const acme = record('erp/1', {
  name: ['杭州力拓医疗器械有限公司'],
  phone: ['0571-75418441'],
  email: ['ma.yuting@lituome.com'],
  city: ['杭州市'],
});

const texts = fc.array(
  fc.oneof(
    fc.constantFrom(
      '杭州力拓',
      'Acme Ltd',
      '力拓',
      'smith',
      'jon',
      'a@b.com',
      '0571-75418441',
      '1990-01-02',
      '12 Main St',
    ),
    fc.string({ maxLength: 12, unit: 'grapheme' }),
  ),
  { maxLength: 2 },
);
const attributes = fc.record(
  {
    name: texts,
    given_name: texts,
    surname: texts,
    birth_date: texts,
    phone: texts,
    email: texts,
    street: texts,
    city: texts,
    identifier: fc.array(fc.constantFrom('eu_vat:DE136695976', 'eu_vat:DE129274202', 'cn_uscc:91330100MA27X'), {
      maxLength: 2,
    }),
  },
  { requiredKeys: [] },
);
const kinds = fc.constantFrom('organisation' as const, 'person' as const);

describe('a compiled matching configuration', () => {
  it('gives the same answer in both directions, whatever the records say', () => {
    fc.assert(
      fc.property(attributes, attributes, kinds, (left, right, kind) => {
        const [there, back] = [
          compare(record('a', left, kind), record('b', right, kind)),
          compare(record('b', right, kind), record('a', left, kind)),
        ];
        expect(back).toMatchObject({ weight: there.weight, verdict: there.verdict, veto: there.veto });
        expect(back.comparisons.map(({ level }) => level)).toEqual(there.comparisons.map(({ level }) => level));
      }),
    );
  });

  it('adds up the prior and what each comparison says', () => {
    fc.assert(
      fc.property(attributes, attributes, (left, right) => {
        const { weight, comparisons, probability } = compare(record('a', left), record('b', right));
        const sum = comparisons.reduce((total, each) => total + each.weight, logOdds(0.0001));
        expect(weight).toBeCloseTo(sum, 3);
        expect(probability).toBeCloseTo(probabilityOf(weight), 6);
      }),
    );
  });

  it('counts nothing where a value is unknown', () => {
    const { comparisons, verdict } = compare(acme, record('crm/2', {}));
    expect(comparisons.every(({ level, weight }) => level === 'missing' && weight === 0)).toBe(true);
    expect(verdict).toBe('distinct');
  });

  it('takes two spellings for one, and leaves a look-alike in another city apart', () => {
    expect(compare(acme, record('crm/2', { name: ['杭州力拓医械'], email: ['li@lituome.com'] })).verdict).toBe('match');
    expect(compare(acme, record('crm/3', { name: ['台州力拓医疗器械有限公司'], city: ['台州'] })).verdict).toBe(
      'distinct',
    );
  });

  it('lets two valid numbers of one register forbid a match', () => {
    const german = { ...acme.attributes, identifier: ['eu_vat:DE136695976'] };
    const other = compare(record('a', german), record('b', { ...acme.attributes, identifier: ['eu_vat:DE129274202'] }));
    expect(other).toMatchObject({ veto: 'identifier', verdict: 'distinct' });
    const foreign = compare(
      record('a', german),
      record('b', { ...acme.attributes, identifier: ['eu_vat:FR40303265045'] }),
    );
    expect(foreign).toMatchObject({ veto: null, verdict: 'match' });
  });

  it('lets a number that was mistyped speak for a match', () => {
    const right = record('a', { identifier: ['cn_uscc:91410100MA7419468Y'] });
    const wrong = (text: string) => compare(right, record('b', { identifier_text: [text] })).comparisons[0]!.level;
    expect(wrong('91410100MA7419469Y')).toBe('close');
    expect(wrong('91410100MA741')).toBe('close');
    expect(wrong('12345')).toBe('missing');
  });

  it('weighs a rare surname more than a common one', () => {
    const weight = (surname: string) =>
      compare(record('a', { surname: [surname] }, 'person'), record('b', { surname: [surname] }, 'person')).weight;
    expect(weight('Sondergeld')).toBeGreaterThan(weight('Smith') + 2);
  });

  it('weighs an own name that many companies have less, but not a full name', () => {
    const weight = (name: string) => compare(record('a', { name: [name] }), record('b', { name: [name] })).weight;
    expect(weight('Kolibrix GmbH')).toBeGreaterThan(weight('Schmidt GmbH') + 1.5);
    expect(weight('Schmidt GmbH')).toBeGreaterThan(weight('Phoenix GmbH'));
    expect(weight('杭州宏达机械有限公司')).toBe(weight('杭州力拓机械有限公司'));
  });

  it('never takes a person for a company', () => {
    expect(compare(acme, { ...acme, ref: 'crm/9', kind: 'person' })).toMatchObject({
      verdict: 'distinct',
      probability: 0,
    });
  });

  it('is another model as soon as a number is another one', () => {
    const changed = compileMatching(matchingOf(SHIPPED.replace('match: 0.97', 'match: 0.96'), 'm.yaml'));
    expect(changed.fingerprint).not.toBe(model.fingerprint);
    expect(compileMatching(matchingOf(`# a remark\n${SHIPPED}`, 'm.yaml')).fingerprint).toBe(model.fingerprint);
  });

  it('gives records that agree in all parts of a rule one key', () => {
    const keys = (attributes: MatchRecord['attributes']) => model.prepare(record('x', attributes)).blockingKeys;
    expect(keys(acme.attributes)).toEqual(
      expect.arrayContaining(['phone:+8657175418441', 'place_and_brand:hangzhou|lituo']),
    );
    expect(keys({ email: ['someone@gmail.com'] })).toEqual(['email:someone@gmail.com']);
  });
});

describe('the matching file', () => {
  it('ships without findings', () => expect(parseMatching(SHIPPED, 'm.yaml').findings).toEqual([]));

  it.each([
    ['prior: 0.0001', 'priors: 0.0001', 'organisation.priors: unknown field; did you mean prior?'],
    ['method: company_name', 'method: company_names', 'must be one of company_name'],
    ['        full: {m: 0.35', '        fall: {m: 0.35', 'company_name has no level fall; did you mean full?'],
    ['        full: {m: 0.35', '        full: {m: 0.95', 'the shares m add up to 1.550, which is more than 1'],
    ['match: 0.97, review: 0.3', 'match: 0.97, review: 0.98', 'must not be above match'],
    ['veto: [different]', 'veto: [diferent]', 'identifier has no level diferent; did you mean different?'],
    ['attribute: birth_date', 'attribute: birth_date\n      term_frequency: surnames', 'date has no common values'],
    ['{name: phone, parts: [phone]}', '{name: identifier, parts: [phone]}', 'identifier is there twice'],
    ['{name: phone, parts: [phone]}', '{name: phone, parts: [fone]}', 'must be one of identifier'],
  ])('says where %s is wrong as %s', (right, wrong, message) => {
    const { configuration, findings } = parseMatching(SHIPPED.replace(right, wrong), 'm.yaml');
    expect(configuration).toBeNull();
    const line = SHIPPED.slice(0, SHIPPED.indexOf(right)).split('\n').length;
    const texts = findings.map((finding) => `${finding.path}: ${finding.message}; ${finding.suggestion ?? ''}`);
    expect(texts.join('\n')).toContain(message);
    expect(Math.abs(findings[0]!.line - line)).toBeLessThanOrEqual(3);
  });

  it('stops the start with every place', () => {
    expect(() => matchingOf(SHIPPED.replace('prior: 0.0001', 'prior: 2'), 'm.yaml')).toThrow(
      expect.objectContaining({ code: 'MATCHING_CONFIGURATION_INVALID' }),
    );
  });
});
