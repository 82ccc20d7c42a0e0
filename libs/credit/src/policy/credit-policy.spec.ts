import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settings } from '@syncline/model';
import { creditPolicyOf, parseCreditPolicy } from './credit-policy';

const shipped = readFileSync(join(__dirname, '../../../../config/credit-policy.yaml'), 'utf8');

const findingsOf = (text: string) => parseCreditPolicy(text, 'policy.yaml').findings.map(settings.findingText);
const changed = (from: string, to: string) => {
  expect(shipped).toContain(from);
  return findingsOf(shipped.replace(from, to));
};

describe('the shipped policy', () => {
  it('is read whole', () => {
    const { policy, findings } = parseCreditPolicy(shipped, 'credit-policy.yaml');
    expect(findings).toEqual([]);
    expect(policy?.policy).toMatchObject({ id: 'default-trade-credit', version: 1, effectiveFrom: '2025-01-01' });
    expect(policy?.grades[0]).toEqual({ grade: 'AAA', min: 90, term: 90, mult: 1.5, cap: '20000000', level: 'A' });
    expect(policy?.analytics.ewma).toEqual({ lambda: 0.2, L: 3, minPeriods: 6 });
    expect(policy?.hysteresis.downMaxNotches).toBeNull();
    expect(policy?.hardRules).toHaveLength(12);
  });
});

describe('a policy with mistakes', () => {
  it.each([
    [
      'half_life_days',
      'half_live_days',
      /policy\.yaml:2:\d+: windows\.half_live_days: unknown field; did you mean half_life_days\?/,
    ],
    ['grace_days: 3', 'grace_days: three', /windows\.grace_days: must be a whole number of at least 0/],
    [
      '[20,0],[40,10],[50,25]',
      '[20,0],[40,30],[50,25]',
      /scorecard\.pay_index\.knots: points must only rise or only fall/,
    ],
    ['[20,0],[40,10],[50,25]', '[20,0],[50,10],[40,25]', /knots\[2\]: values must rise from point to point/],
    ['pay_index:      {weight', 'pay_idx:      {weight', /unknown feature pay_idx; did you mean pay_index\?/],
    [
      'min: 80, term: 60',
      'min: 95, term: 60',
      /grades\[1\]\.min: grade AA can't be reached: AAA takes every score from 90/,
    ],
    ['min: 80, term: 60', 'min: 80, term: 61', /61 days is not in term\.allowed/],
    ['"legal_hold"', '"legal_hld"', /hard_rules\[1\]\.when: unknown feature legal_hld .*; did you mean legal_hold\?/],
    ['"max_dpd_open > 60"', '"max_dpd_open > 60 and"', /hard_rules\[4\]\.when: ends too early/],
    ['"max_dpd_open > 60"', '"process.exit() > 60"', /hard_rules\[4\]\.when: unexpected '\.'/],
    [
      'cap: D, hold: all}\n  - {code: H02',
      'cap: E, hold: all}\n  - {code: H02',
      /hard_rules\[0\]\.cap: unknown grade E/,
    ],
    ['hold: new_orders}\n  - {code: H11', 'cap: B}\n  - {code: H11', /a rule on the limit can only hold/],
    ['min_weight_present: 60', 'min_weight_present: 600', /is more than all weights together \(100\)/],
    ['weight: 30', 'weight: -1', /scorecard\.pay_index\.weight: must be a number of at least 0/],
    ['max_grade: B', 'max_grade: BB', /new_customer\.max_grade: unknown grade BB/],
    ['tenure: 0.10', 'tenur: 0.10', /value\.future\.tenur: unknown feature tenur; did you mean tenure\?/],
    ['tenure: 0.10', 'volume: 0.10', /volume is in value\.current already/],
    [
      'value_score >= 80',
      'value_scor >= 80',
      /classes\[0\]\.when: unknown feature value_scor .*; did you mean value_score\?/,
    ],
    [
      '{class: strategic, ',
      '{class: strategic}\n    - {class: strategic, ',
      /classes\[0\]: a rule without a condition must be/,
    ],
    ['p_alive_min_customers: 30', 'default_probability: {AB: 0.1}\n  p_alive_min_customers: 30', /unknown grade AB/],
    ['PURCHASE_GAP,', 'PURCHASE_GAPS,', /did you mean PURCHASE_GAP\?/],
    ['evaluate: daily', 'evaluate: dayly', /policy\.evaluate: must be `?daily`?; did you mean daily\?/],
    [', currency: CNY', '', /policy: field currency is missing/],
  ])('%s → %s', (from, to, finding) => {
    expect(changed(from, to)).toEqual(expect.arrayContaining([expect.stringMatching(finding)]));
  });

  describe('with curves that don’t reach', () => {
    const capped = (points: number) => shipped.replace(/\[80,100\]\]/, `[80,${points}]]`);

    it('names the grade that nobody can get, and how far the curves go', () => {
      // Pay index is required and gives at most 40, all others can give 100: (30 × 40 + 70 × 100) / 100.
      const flat = shipped.replace(/(pay_index: +\{weight: 30, knots: ).*/, '$1[[20,0],[80,40]]}');
      expect(findingsOf(flat)).toEqual([
        expect.stringMatching(/grades\[0\]\.min: grade AAA can't be reached: the curves give at most 82 points/),
      ]);
      expect(findingsOf(capped(86))).toEqual([]);
    });

    it('names the grade that nobody can fall to', () => {
      const kind = shipped.replace(/\[(-?[\d.]+),0\]/g, '[$1,50]').replaceAll(/,(?:10|20|25|35|40|45)\]/g, ',50]');
      expect(findingsOf(kind).filter((finding) => finding.includes('grades['))).toEqual([
        expect.stringMatching(/grades\[5\]\.min: grade D can't be reached: the curves give at least 50 points/),
      ]);
    });
  });

  it('stops the start with every place that is wrong', () => {
    const broken = shipped.replace('grace_days: 3', 'grace_days: -3').replace('floor_zero: true', 'floor_zero: maybe');
    expect(() => creditPolicyOf(broken, 'p.yaml')).toThrow(
      expect.objectContaining({
        code: 'CREDIT_POLICY_INVALID',
        kind: 'fatal',
        where: expect.stringMatching(/^p\.yaml:2:\d+$/),
        message: expect.stringMatching(/grace_days[^]*floor_zero/),
      }),
    );
  });

  it('names the place of broken YAML', () => {
    expect(findingsOf('policy: {id: x')[0]).toMatch(/^policy\.yaml:1:\d+: /);
    expect(findingsOf('')).toEqual(['policy.yaml:1:1: must be a map']);
  });
});
