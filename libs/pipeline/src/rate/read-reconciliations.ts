import type { ReconciledBalance } from '@syncline/credit';
import type { LocalDate } from '@syncline/model';
import { compareLatest, latestBalances, type BalanceRow, type LatestBalances } from '@syncline/receivables';
import { explainBalances, type ComparedBalance } from '../shared/balances/explain-balances';
import { groupBy } from '../shared/group-by';
import type { RateReads } from './rate-store.port';

/**
 * The balances that systems report last of each customer, up to a day, held against the view as of their own days and
 * explained; customers without any are left out. A fixed number of queries, however many customers there are, and one
 * where nothing is reported.
 */
export async function readReconciliations(
  reads: Pick<RateReads, 'reconciliation' | 'rates'>,
  customerIds: string[],
  asOf: LocalDate,
  systemCurrencies: Readonly<Record<string, string>>,
): Promise<Map<string, ReconciledBalance[]>> {
  const latest = latestOf(await reads.reconciliation.balances(customerIds), systemCurrencies, asOf);
  const compared = await compareAll(latest, reads);
  const { find, referrers } = reads.reconciliation;
  const results = await explainBalances(compared, { find, referrers, rates: () => reads.rates() }, systemCurrencies);
  const reconciled = compared.map(({ day }, index) => ({ day, result: results[index] }));
  return groupBy(reconciled, ({ day }) => day.customerId);
}

/** By customer, system and currency, sorted: what a rating is made from must not depend on the order of rows. */
function latestOf(
  balances: readonly BalanceRow[],
  systemCurrencies: Readonly<Record<string, string>>,
  asOf: LocalDate,
): LatestBalances[] {
  const byHolder = groupBy(balances, ({ customerId, system }) => `${customerId}\n${system}`);
  return [...byHolder.keys()].sort().flatMap((holder) => {
    const own = byHolder.get(holder) ?? [];
    return latestBalances(own, systemCurrencies[own[0].system], asOf);
  });
}

/**
 * The facts of a rating leave out what was settled long ago, which may have been open on the day of an old balance: so
 * what was open on the days of the balances is read for itself.
 */
async function compareAll(
  latest: readonly LatestBalances[],
  { reconciliation }: Pick<RateReads, 'reconciliation'>,
): Promise<ComparedBalance[]> {
  const first = latest.map(({ asOf }) => asOf).sort()[0];
  if (first === undefined) return [];
  const accounts = latest.flatMap(({ rows }) => rows.map(({ system, accountKey }) => ({ system, key: accountKey })));
  const items = groupBy(await reconciliation.openSince(accounts, first), accountOf);
  return latest.map((balances) => {
    const keys = new Set(balances.rows.map(accountOf));
    const own = [...keys].flatMap((key) => items.get(key) ?? []);
    return { day: compareLatest(balances, own), items: own };
  });
}

function accountOf({ system, accountKey }: { system: string; accountKey: string }): string {
  return `${system}\n${accountKey}`;
}
