import { formatFinding } from '../finding';
import { lintMapping } from './lint-mapping';
import { parseMapping } from './parse-mapping';

const findingsOf = (text: string): string[] => {
  const { mapping, findings } = parseMapping(text, 'm.yaml');
  return (mapping ? [...findings, ...lintMapping(mapping)] : findings).map(formatFinding);
};

const HEAD = 'mapping: {name: m, version: 1}\n';

describe('findings of a mapping', () => {
  it.each([
    ['mapping: {name: m', 'm.yaml:1:18: error MAPPING_SYNTAX'],
    ['mapping: {name: m, version: 1}', 'm.yaml:1:1: error MAPPING_SETTING_MISSING the file needs "sources"'],
    [
      `${HEAD}source: {}`,
      'm.yaml:2:1: error MAPPING_SETTING_UNKNOWN the file has no setting "source" (did you mean "sources"?)',
    ],
    [
      'mapping: {name: m, version: x}\nsources: {}',
      'm.yaml:1:29: error MAPPING_SETTING_WRONG "version" must be 1, 2, 3 …',
    ],
    [
      `${HEAD}sources:\n  t: {}`,
      'm.yaml:3:3: error MAPPING_SETTING_MISSING source "t" needs "records" (or name the table under ignore:)',
    ],
    [
      `${HEAD}sources: {t: {records: [{kind: acount}]}}`,
      'm.yaml:2:32: error MAPPING_KIND_UNKNOWN there is no record kind "acount" (did you mean "account"?)',
    ],
    [
      `${HEAD}ignore: [t]\nsources: {t: {records: []}}`,
      'm.yaml:3:11: error MAPPING_SETTING_WRONG "t" is both mapped and ignored (remove it from one of them)',
    ],
    [
      `${HEAD}sources: {t: {records: [{kind: account, fields: {nam: x}}]}}`,
      'm.yaml:2:50: error MAPPING_FIELD_UNKNOWN account has no field "nam" (did you mean "name"?)',
    ],
    [
      `${HEAD}sources: {t: {records: [{kind: account, refs: {merged_int: x}}]}}`,
      'm.yaml:2:48: error MAPPING_REFERENCE_UNKNOWN account has no reference "merged_int" (did you mean "merged_into"?)',
    ],
    [
      `${HEAD}sources: {t: {records: [{kind: order}]}}`,
      'm.yaml:2:32: error MAPPING_REFERENCE_MISSING order needs the reference "account" (account)',
    ],
    [
      `${HEAD}sources: {t: {records: [{kind: account, fields: {name: {expr: a, values: v}}}]}}`,
      'm.yaml:2:74: error MAPPING_VALUES_UNKNOWN there is no value map "v"',
    ],
    [
      `${HEAD}values: {v: {a: b}}\nsources: {}`,
      'm.yaml:2:10: warning MAPPING_VALUES_UNUSED no field uses the value map "v"',
    ],
    [
      `${HEAD}sources: {t: {records: [{kind: account_role, refs: {account: a}, fields: {role: {value: boss}}}]}}`,
      'm.yaml:2:89: error MAPPING_VALUE_NOT_ALLOWED "boss" is no enum that the field can hold',
    ],
    [
      `${HEAD}sources: {t: {records: [{kind: account, when: 'a =='}]}}`,
      'm.yaml:2:51: error MAPPING_EXPRESSION_INVALID',
    ],
    [
      `${HEAD}sources: {t: {records: [{kind: account, when: a.matches("x")}]}}`,
      'm.yaml:2:47: error MAPPING_EXPRESSION_REFUSED mappings have no function matches()',
    ],
    [
      `${HEAD}sources: {t: {records: [{kind: account, fields: {name: {null: clear}}}]}}`,
      'm.yaml:2:50: error MAPPING_SETTING_WRONG field "name" needs one of expr',
    ],
    [
      `${HEAD}sources: {t: {records: [{kind: account, fields: {name: {expr: a, null: default}}}]}}`,
      'm.yaml:2:56: error MAPPING_SETTING_MISSING the policy "default" needs "default:"',
    ],
    [
      `${HEAD}sources: {t: {records: [{kind: account, fields: {name: {expr: a, null: wipe}}}]}}`,
      'm.yaml:2:72: error MAPPING_SETTING_WRONG "null" must be one of clear, keep, default, error',
    ],
    [
      `${HEAD}sources: {t: {records: [{kind: settlement, fields: {settled_on: {expr: a, zone: Mars}}}]}}`,
      'm.yaml:2:81: error MAPPING_SETTING_WRONG there is no time zone "Mars"',
    ],
  ])('%s', (text, expected) => {
    expect(findingsOf(text)[0]).toContain(expected);
  });

  it('reads everything that the language has', () => {
    const { mapping, findings } = parseMapping(
      `mapping: {name: m, version: 3, system_role: crm, description: d}
values:
  yes_no: {J: true, N: false}
ignore: {a: why}
sources:
  t-u:
    key: code
    version: changed
    records:
      - kind: opportunity
        when: kind == "o"
        refs: {account: party}
        fields:
          number: {from: Odd name}
          description: {value: fixed}
          opened_on: {expr: d, unit: millis, zone: Europe/Paris, stored_in: UTC, null: error}
`,
      'm.yaml',
    );
    expect(findings).toEqual([]);
    expect(mapping).toMatchObject({ name: 'm', version: 3, systemRole: 'crm' });
    expect(mapping?.sources.get('t-u')).toMatchObject({ key: { text: 'code' }, version: { text: 'changed' } });
    expect(mapping?.ignore.get('a')).toBe('why');
  });
});
