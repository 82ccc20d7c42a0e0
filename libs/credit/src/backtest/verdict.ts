import type { CreditPolicy } from '../policy/policy-schema';
import type { Monotonicity } from './monotonicity';
import type { PeriodStability } from './stability';

/** One thing that the policy's `validation` asks for. */
export interface Check {
  name: 'bads' | 'auc' | 'ks' | 'monotone' | 'stability' | 'calibration';
  result: 'pass' | 'warn' | 'fail' | 'unknown';
  /** What was found and what was asked for, in a sentence. */
  text: string;
}

export interface Verdict {
  /** `too_few_bads`: there is not enough to judge by, whatever the figures say. */
  result: 'pass' | 'fail' | 'too_few_bads';
  checks: Check[];
}

/** What the verdict is made from. */
export interface Evidence {
  /** Customers that went bad at least once. */
  badCustomers: number;
  auc: number | null;
  ks: number | null;
  monotonicity: Monotonicity;
  stability: readonly PeriodStability[];
  calibrationP: number | null;
}

/** The evidence against the policy's own `validation`. A warning does not fail it. */
export function verdictOf(evidence: Evidence, { validation }: CreditPolicy): Verdict {
  const { badCustomers } = evidence;
  const enough = badCustomers >= validation.minBads;
  const checks: Check[] = [
    {
      name: 'bads',
      result: enough ? 'pass' : 'fail',
      text: `${badCustomers} customers went bad; at least ${validation.minBads} are needed`,
    },
    aucCheck(evidence.auc, validation),
    atLeast('ks', 'KS', evidence.ks, validation.ksMin),
    monotoneCheck(evidence.monotonicity, validation.monotone === 'off'),
    stabilityCheck(evidence.stability, validation),
    calibrationCheck(evidence.calibrationP, validation.calibrationPMin),
  ];
  if (!enough) return { result: 'too_few_bads', checks };
  return { result: checks.some(({ result }) => result === 'fail') ? 'fail' : 'pass', checks };
}

function aucCheck(auc: number | null, { aucMin, aucTarget }: CreditPolicy['validation']): Check {
  const check = atLeast('auc', 'AUC', auc, aucMin);
  if (auc === null || check.result === 'fail') return check;
  const wished = auc >= aucTarget ? `the wished ${aucTarget} is reached` : `${aucTarget} is wished`;
  return { ...check, text: `${check.text}; ${wished}` };
}

function atLeast(name: Check['name'], noun: string, value: number | null, least: number): Check {
  if (value === null) return { name, result: 'unknown', text: `${noun} can't be had: only good or only bad ones` };
  return { name, result: value >= least ? 'pass' : 'fail', text: `${noun} ${value.toFixed(3)}; at least ${least}` };
}

function monotoneCheck({ verdict, inversions }: Monotonicity, off: boolean): Check {
  const pairs = inversions.map(({ better, worse }) => `${worse} below ${better}`).join(', ');
  if (verdict === 'monotone') return { name: 'monotone', result: 'pass', text: 'bad rates rise from grade to grade' };
  if (verdict === 'chance')
    return { name: 'monotone', result: 'pass', text: `bad rates: ${pairs}, but the intervals overlap` };
  return { name: 'monotone', result: off ? 'warn' : 'fail', text: `bad rates stand the wrong way round: ${pairs}` };
}

function stabilityCheck(periods: readonly PeriodStability[], { psiWarn, psiAlarm }: CreditPolicy['validation']): Check {
  const moved = periods.flatMap(({ period, psi }) => (psi === null ? [] : [{ period, psi }]));
  if (moved.length === 0) return { name: 'stability', result: 'unknown', text: 'one period alone: nothing to compare' };
  const worst = moved.reduce((most, each) => (each.psi > most.psi ? each : most));
  // Customers that moved are no fault of the policy: they ask for a look at it, or for a new fit.
  const result = worst.psi >= psiWarn ? 'warn' : 'pass';
  const text = `PSI at most ${worst.psi.toFixed(3)} (${worst.period}); a look from ${psiWarn}, action from ${psiAlarm}`;
  return { name: 'stability', result, text };
}

function calibrationCheck(p: number | null, least: number): Check {
  if (p === null) return { name: 'calibration', result: 'unknown', text: 'too few customers for a calibration test' };
  const text = `chances of going bad against what happened: p ${p.toFixed(3)}; at least ${least}`;
  return { name: 'calibration', result: p >= least ? 'pass' : 'warn', text };
}
