import type { Decimal } from '@syncline/model';
import { fitBgNbd, type BgNbdParameters } from './bg-nbd';
import type { InsightPolicy } from './insight-policy';
import { keyAccountIds, keyAccounts, type KeyAccounts } from './key-accounts';
import type { CustomerMeasures } from './measure-customer';
import { rfmScores, type Rfm, type RfmInput } from './rfm';
import { valueScores, type ValueFeatures, type ValueScore } from './value-score';

/** What all customers together say, and how one of them stands among them. */
export interface CustomerBase {
  /** Customers that ever bought: the others are compared with nobody. */
  customers: number;
  /** Times in days; null = too few customers, or none came back. */
  pAlive: BgNbdParameters | null;
  /** Of the customers whose profit is known. */
  keyAccounts: KeyAccounts;
  keyAccountIds: ReadonlySet<string>;
  valueOf(features: ValueFeatures): ValueScore | null;
  rfmOf(input: RfmInput): Rfm;
}

/**
 * From so many customers on, the parameters are estimated from an even sample: they don't get more certain in the
 * digits that are shown, and the estimation occupies the process.
 */
const SAMPLE = 1_000;

/**
 * Judges the whole customer base. Customers in any order that is the same every day (by id), so that the sample is
 * the same. Who never bought is in no population.
 */
export function customerBase(measures: Iterable<CustomerMeasures>, policy: InsightPolicy): CustomerBase {
  const buyers = [...measures].filter(({ purchases }) => purchases !== null);
  const profits = new Map<string, Decimal>();
  for (const { customerId, profit } of buyers) {
    if (profit.year.profit !== null) profits.set(customerId, profit.year.profit);
  }
  return {
    customers: buyers.length,
    pAlive: fitBgNbd(sampleOf(buyers.flatMap(({ purchases }) => purchases ?? [])), policy.pAliveMinCustomers),
    keyAccounts: keyAccounts([...profits.values()], policy.keyAccountShare),
    keyAccountIds: keyAccountIds(profits, policy.keyAccountShare),
    valueOf: valueScores(
      buyers.map(({ features }) => features),
      policy.value,
    ),
    rfmOf: rfmScores(buyers.flatMap(({ rfm }) => rfm ?? [])),
  };
}

function sampleOf<T>(all: readonly T[]): readonly T[] {
  if (all.length <= SAMPLE) return all;
  return Array.from({ length: SAMPLE }, (_, index) => all[Math.floor((index * all.length) / SAMPLE)]);
}
