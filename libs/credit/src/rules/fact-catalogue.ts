import type { FactType } from './rule-condition';

/** What a fact or feature of a customer is: for checks, reasons and the reference documentation. */
export interface FactDescription {
  type: FactType;
  unit: string;
  description: string;
  /** Can be a feature of the scorecard. */
  feature?: boolean;
}

const feature = (unit: string, description: string): FactDescription => ({
  type: 'number',
  unit,
  description,
  feature: true,
});
const quantity = (unit: string, description: string): FactDescription => ({ type: 'number', unit, description });
const flag = (description: string): FactDescription => ({ type: 'flag', unit: 'yes/no', description });

/** All names that a policy may use. What the connected systems don't tell is missing and decides nothing. */
export const FACT_CATALOGUE: Readonly<Record<string, FactDescription>> = {
  pay_index: feature(
    'points',
    'How punctually it pays, by amount and recency; open overdue items count as if paid today.',
  ),
  on_time_ratio: feature('fraction', 'Share of the paid amount that came within the days of grace.'),
  max_dpd_open: feature('days', 'Days past due of the oldest overdue item.'),
  overdue_ratio: feature('fraction', 'Overdue part of what it owes.'),
  adbt_trend: feature('days', 'Days beyond terms lately less those before: positive is getting worse.'),
  broken_ratio: feature('fraction', 'Promises to pay that were broken; half a point for those kept in part.'),
  utilisation: feature('fraction', 'Exposure / the limit that its systems hold today.'),
  tenure_months: feature('months', 'Time since the first invoice.'),
  sales_trend: feature('fraction', 'Sales of the last 90 days against the 90 before.'),
  external: feature('points', 'Score of a credit agency, 0 to 100.'),
  adbt: feature('days', 'Average days beyond terms, by amount.'),
  average_days_to_pay: feature('days', 'From invoice to payment, by amount.'),
  average_days_late: feature('days', 'Past the due date, early payments counted as on time.'),
  overdue_90_ratio: feature('fraction', 'Part of what it owes that is overdue by more than 90 days.'),
  overdue_90_amt: quantity('amount', 'Overdue by more than 90 days.'),
  overdue_amt: quantity('amount', 'Overdue in all.'),
  open_amt: quantity('amount', 'Owed in all, part payments taken off.'),
  held_limit: quantity('amount', 'The limit that its systems hold today, where all of them say one.'),
  sales_12m: quantity('amount', 'Invoiced less credited in 365 days.'),
  materiality: quantity('amount', 'The greater of materiality.abs and its share of what the customer owes.'),
  exposure: quantity('amount', 'What it could still fail to pay.'),
  order_amount: quantity('amount', 'The order that is being decided; 0 when rating.'),
  limit: quantity(
    'amount',
    'The limit just decided. A rule that names it can only hold, because the limit depends on the cap.',
  ),
  write_off_24m: quantity('amount', 'Written off in 24 months.'),
  bounced_180d: quantity('count', 'Payments bounced in 180 days.'),
  days_since_review: quantity('days', 'Since a person last reviewed it.'),
  recon_diff_abs: quantity(
    'amount',
    'What nothing explains of the difference between the balances that its systems report and the view.',
  ),
  recon_tolerance: quantity('amount', 'What rounding may come to: 0.01 for each item of these balances.'),
  stale: flag('A system that reports its balances did so last longer ago than windows.data_freshness_max_hours.'),
  insolvency: flag('Insolvency proceedings are known.'),
  dishonest_list: flag('It is on a public list of dishonest debtors.'),
  deregistered: flag('It was taken off the register of companies.'),
  legal_hold: flag('A person holds it for legal reasons.'),
};

export const FACT_TYPES: ReadonlyMap<string, FactType> = new Map(
  Object.entries(FACT_CATALOGUE).map(([name, { type }]) => [name, type]),
);

export const FEATURE_NAMES: ReadonlySet<string> = new Set(
  Object.keys(FACT_CATALOGUE).filter((name) => FACT_CATALOGUE[name].feature),
);
