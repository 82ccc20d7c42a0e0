import type { BacktestReport, LeftOut, Monotonicity, Outcome, Verdict } from '@syncline/credit';

/** The words of the report, the same in text and on the page. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  fast_bad: 'at least 10 % of the amount falling due in the next 90 days is paid more than 7 days late',
  bad: 'within 12 months 10 % or more of what it owes is undisputed and 91 or more days overdue, or something is written off',
};

export const LEFT_OUT_WORDS: Readonly<Record<LeftOut, string>> = {
  no_score: 'too little was known for a score; the rule for new customers decided',
  already_bad: 'stood as bad on the review day already',
  window_incomplete: 'what became of it is not known yet: the data ends before the window',
  nothing_due: 'nothing fell due in the window',
  no_rate: 'amounts in a currency without an exchange rate',
};

export const MONOTONE_WORDS: Readonly<Record<Monotonicity['verdict'], string>> = {
  monotone: 'bad rates rise from grade to grade',
  chance: 'bad rates do not rise everywhere, but the intervals overlap: it may be chance',
  not_monotone: 'bad rates do not rise from grade to grade',
};

export const VERDICT_WORDS: Readonly<Record<Verdict['result'], string>> = {
  pass: 'The policy meets what its validation section asks for.',
  fail: 'The policy does not meet what its validation section asks for.',
  too_few_bads: 'No verdict: too few customers went bad to judge by. The figures below are no evidence.',
};

/** How scores become chances, and how far the intervals can be trusted. */
export const NOTES = [
  'Brier and the expected bad rates need a chance of going bad: a logistic curve of the score, fitted on four fifths of the customers and applied to the other fifth, in turn.',
  'The interval of the AUC draws customers, with all their reviews. The Wilson intervals of the bad rates count reviews as if they were independent; those of one customer are not, so they are too narrow when customers are few.',
] as const;

/** The sentence on what the data holds. */
export function scopeText({
  customers,
  reviews,
  knownUntil,
  observations,
  counted,
  bads,
  badCustomers,
}: BacktestReport): string {
  const [first, last] = [reviews[0] ?? '–', reviews.at(-1) ?? '–'];
  return (
    `${customers} customers on ${reviews.length} review days from ${first} to ${last}, known until ${knownUntil}: ` +
    `${observations} observations, ${counted} with a score and an outcome, ${bads} of them bad (${badCustomers} customers).`
  );
}

/** The sentence on items that have no place in time; empty without any. */
export function undatedText(undated: number): string {
  return undated === 0 ? '' : `${undated} items without a posting day have no place in time and are left out.`;
}
