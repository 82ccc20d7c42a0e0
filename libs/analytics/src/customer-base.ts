import { fitBgNbd, type BgNbdParameters } from './bg-nbd';
import { columnsOf, type BuyerColumn, type BuyerColumns } from './buyer-columns';
import { namedKeyAccounts, type KeyAccounts } from './key-accounts';
import { rankingOfSorted, type Ranking } from './percentile';
import { rfmScores, type Rfm, type RfmInput } from './rfm';
import { valueScores, type ValueFeatures, type ValuePolicy, type ValueScore } from './value-score';

/** What all customers together say, as plain data, which can change threads. */
export interface BaseFigures {
  /** Customers that ever bought. */
  customers: number;
  /** Times in days; null = too few customers, or none came back. */
  pAlive: BgNbdParameters | null;
  /** Of the customers whose profit is known. */
  keyAccounts: KeyAccounts & { ids: string[] };
  /** The known values of each column, rising. */
  sorted: Record<BuyerColumn, Float64Array<ArrayBuffer>>;
}

export interface BaseOptions {
  /** With fewer customers that ever bought there is no P(alive). */
  pAliveMinCustomers: number;
  /** Share of all profit that the key accounts make. */
  keyAccountShare: number;
}

/** What all customers together say, and how one of them stands among them. */
export interface CustomerBase extends Pick<BaseFigures, 'customers' | 'pAlive' | 'keyAccounts'> {
  keyAccountIds: ReadonlySet<string>;
  valueOf(features: ValueFeatures): ValueScore | null;
  rfmOf(input: RfmInput): Rfm;
}

/**
 * From so many customers on, the parameters of P(alive) are estimated from an even sample: with these they are certain
 * in the digits that are shown, and the estimation ends within a second.
 */
const SAMPLE = 10_000;

/** Works out what all customers together say: the part of an evaluation that takes long at a stretch. */
export function baseFigures({ numbers, profits }: BuyerColumns, options: BaseOptions): BaseFigures {
  return {
    customers: numbers.repeats.length,
    pAlive: fitBgNbd(purchaseSample(numbers), options.pAliveMinCustomers),
    keyAccounts: namedKeyAccounts(profits, options.keyAccountShare),
    sorted: columnsOf((name) => numbers[name].filter((value) => !Number.isNaN(value)).sort()),
  };
}

/** How a customer stands among all of them, by the figures of all. */
export function customerBase(figures: BaseFigures, policy: ValuePolicy): CustomerBase {
  const { customers, pAlive, keyAccounts, sorted } = figures;
  const rankings: Record<BuyerColumn, Ranking> = columnsOf((name) => rankingOfSorted(sorted[name]));
  return {
    customers,
    pAlive,
    keyAccounts,
    keyAccountIds: new Set(keyAccounts.ids),
    valueOf: valueScores(rankings, policy),
    rfmOf: rfmScores(rankings),
  };
}

function purchaseSample({ repeats, lastAt, observed }: BuyerColumns['numbers']) {
  const all = repeats.length;
  return Array.from({ length: Math.min(all, SAMPLE) }, (_, index) => {
    const place = all <= SAMPLE ? index : Math.floor((index * all) / SAMPLE);
    return { repeats: repeats[place], lastAt: lastAt[place], observed: observed[place] };
  });
}
