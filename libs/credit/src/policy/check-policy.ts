import { VALUE_FEATURES } from '@syncline/analytics';
import { settings } from '@syncline/model';
import { compileRule, type FactType } from '../rules/rule-condition';
import { FACT_TYPES, FEATURE_NAMES } from '../rules/fact-catalogue';
import { INSIGHT_FACT_TYPES } from '../rules/insight-facts';
import { RuleSyntaxError } from '../rules/rule-tokens';
import { checkReach } from './check-reach';
import { exposureRuleOf, WITHOUT_PRESET } from './exposure-rule';
import type { CreditPolicy } from './policy-schema';

/** Checks what concerns several fields: features, curves, grades, rules. Findings go to the file. */
export function checkPolicy(policy: CreditPolicy, root: settings.YamlCursor): void {
  checkScorecard(policy, root);
  checkGrades(policy, root);
  checkReach(policy, root);
  checkRules(policy, root);
  checkRising(policy.payIndex.scale, root.at('pay_index', 'scale'), 'days past due');
  checkRising(policy.limit.roundDown, root.at('limit', 'round_down'), 'amounts');
  checkLimit(policy, root);
  checkExposure(policy, root);
  checkValue(policy, root);
  checkInsight(policy, root);
}

function checkScorecard({ scorecard, missing }: CreditPolicy, root: settings.YamlCursor): void {
  let weights = 0;
  for (const [name, { weight, knots }] of Object.entries(scorecard)) {
    const at = root.at('scorecard', name);
    if (!FEATURE_NAMES.has(name)) at.report(`unknown feature ${name}`, settings.didYouMean(name, FEATURE_NAMES));
    checkRising(knots, at.at('knots'), 'values');
    if (!monotone(knots.map(([, points]) => points))) at.at('knots').report('points must only rise or only fall');
    if (knots.some(([, points]) => points < 0 || points > 100)) at.at('knots').report('points must be from 0 to 100');
    weights += weight;
  }
  if (weights <= 0) root.at('scorecard').report('the weights add up to nothing');
  if (missing.minWeightPresent > weights) {
    const message = `is more than all weights together (${weights}): nobody would ever get a score`;
    root.at('missing', 'min_weight_present').report(message);
  }
  missing.required.forEach((name, index) => {
    if (name in scorecard) return;
    root
      .at('missing', 'required', index)
      .report(`${name} is not in the scorecard`, settings.didYouMean(name, Object.keys(scorecard)));
  });
}

function checkRising(points: readonly (readonly [number, number])[], at: settings.YamlCursor, what: string): void {
  points.forEach(([x], index) => {
    if (index > 0 && x <= points[index - 1][0]) at.at(index).report(`${what} must rise from point to point`);
  });
}

function monotone(values: readonly number[]): boolean {
  const steps = values.slice(1).map((value, index) => value - values[index]);
  return steps.every((step) => step >= 0) || steps.every((step) => step <= 0);
}

function checkGrades({ grades, newCustomer, hysteresis, limit, term }: CreditPolicy, root: settings.YamlCursor): void {
  const names = grades.map((grade) => grade.grade);
  grades.forEach((grade, index) => {
    const at = root.at('grades', index);
    if (names.indexOf(grade.grade) !== index) at.at('grade').report(`grade ${grade.grade} is there twice`);
    const better = grades[index - 1];
    if (better && grade.min >= better.min) {
      at.at('min').report(
        `grade ${grade.grade} can't be reached: ${better.grade} takes every score from ${better.min}`,
        'cut-offs must fall',
      );
    }
    if (!term.allowed.includes(grade.term)) at.at('term').report(`${grade.term} days is not in term.allowed`);
  });
  const last = grades[grades.length - 1];
  if (last.min !== 0)
    root.at('grades', grades.length - 1, 'min').report('the last grade must begin at 0: lower scores had none');
  const mustExist = (name: string, at: settings.YamlCursor) => {
    if (!names.includes(name)) at.report(`unknown grade ${name}`, settings.didYouMean(name, names));
  };
  mustExist(newCustomer.maxGrade, root.at('new_customer', 'max_grade'));
  mustExist(hysteresis.cureCap, root.at('hysteresis', 'cure_cap'));
  mustExist(limit.valueUplift.notBelowGrade, root.at('limit', 'value_uplift', 'not_below_grade'));
  checkTerms(term.allowed, newCustomer.term, root);
}

function checkTerms(allowed: readonly number[], newCustomerTerm: number, root: settings.YamlCursor): void {
  allowed.forEach((days, index) => {
    if (index > 0 && days <= allowed[index - 1]) root.at('term', 'allowed', index).report('terms must rise');
  });
  if (!allowed.includes(newCustomerTerm))
    root.at('new_customer', 'term').report(`${newCustomerTerm} days is not in term.allowed`);
}

function checkRules({ hardRules, grades, override }: CreditPolicy, root: settings.YamlCursor): void {
  const names = grades.map((grade) => grade.grade);
  const codes = hardRules.map((rule) => rule.code);
  hardRules.forEach((rule, index) => {
    const at = root.at('hard_rules', index);
    if (codes.indexOf(rule.code) !== index) at.at('code').report(`code ${rule.code} is there twice`);
    if (!rule.cap && !rule.hold && !rule.freeze) at.report('a rule needs a cap, a hold or a freeze');
    if (rule.cap && !names.includes(rule.cap))
      at.at('cap').report(`unknown grade ${rule.cap}`, settings.didYouMean(rule.cap, names));
    checkCondition(rule.when, FACT_TYPES, at);
    const namesLimit = /\blimit\b/.test(rule.when);
    if (namesLimit && (rule.cap || rule.freeze))
      at.report('a rule on the limit can only hold: the limit depends on the grade');
  });
  override.forbiddenCodes.forEach((code, index) => {
    if (!codes.includes(code))
      root.at('override', 'forbidden_codes', index).report(`unknown rule ${code}`, settings.didYouMean(code, codes));
  });
}

function checkCondition(when: string, facts: ReadonlyMap<string, FactType>, at: settings.YamlCursor): void {
  try {
    compileRule(when, facts);
  } catch (error) {
    if (!(error instanceof RuleSyntaxError)) throw error;
    at.at('when').report(`${error.message} at character ${error.at + 1} of the condition`, error.suggestion);
  }
}

function checkLimit({ limit }: CreditPolicy, root: settings.YamlCursor): void {
  const at = root.at('limit');
  if (limit.seasonality.min > limit.seasonality.max) at.at('seasonality').report('min is above max');
  const { weights } = limit.collectionsBackstop;
  if (weights.length > 6) at.at('collections_backstop', 'weights').report('at most six months are known');
  if (weights.every((weight) => weight === 0))
    at.at('collections_backstop', 'weights').report('the weights add up to nothing');
  if (limit.roundDown[0][0] !== 0) at.at('round_down', 0).report('the first step must begin at 0');
  if (limit.roundDown.some(([, step]) => step <= 0)) at.at('round_down').report('steps must be above 0');
}

function checkExposure(policy: CreditPolicy, root: settings.YamlCursor): void {
  const { exposure } = policy;
  const at = root.at('exposure');
  const missing = exposure.preset === undefined ? WITHOUT_PRESET.filter((name) => exposure[name] === undefined) : [];
  for (const name of missing) at.report(`field ${settings.writtenName(name)} is missing, and no preset says it`);
  if (missing.length === 0 && exposureRuleOf(policy).factors.openItems <= 0)
    at.at('open_items').report('open items must count');
}

function checkValue({ value }: CreditPolicy, root: settings.YamlCursor): void {
  const features = Object.keys(VALUE_FEATURES);
  let weights = 0;
  for (const part of ['current', 'future'] as const) {
    for (const [name, weight] of Object.entries(value[part])) {
      const at = root.at('value', part, name);
      if (!features.includes(name)) at.report(`unknown feature ${name}`, settings.didYouMean(name, features));
      if (part === 'future' && name in value.current) at.report(`${name} is in value.current already`);
      weights += weight;
    }
  }
  if (weights <= 0) root.at('value').report('the weights add up to nothing');
}

function checkInsight({ customerInsight, grades }: CreditPolicy, root: settings.YamlCursor): void {
  const at = root.at('customer_insight');
  customerInsight?.classes?.forEach(({ when }, index, rules) => {
    const rule = at.at('classes', index);
    if (when !== undefined) checkCondition(when, INSIGHT_FACT_TYPES, rule);
    else if (index < rules.length - 1) rule.report('a rule without a condition must be the last one');
  });
  customerInsight?.firstAlerts?.forEach((rule, index) => {
    if (!customerInsight.alerts.includes(rule))
      at.at('first_alerts', index).report(`${rule} is not among the alerts that are raised`);
  });
  const names = grades.map(({ grade }) => grade);
  for (const grade of Object.keys(customerInsight?.defaultProbability ?? {})) {
    if (names.includes(grade)) continue;
    at.at('default_probability', grade).report(`unknown grade ${grade}`, settings.didYouMean(grade, names));
  }
}
