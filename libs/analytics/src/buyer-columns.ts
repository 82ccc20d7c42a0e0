import type { Decimal } from '@syncline/model';
import type { CustomerMeasures } from './measure-customer';
import { oriented, VALUE_FEATURE_NAMES } from './value-score';

const COLUMNS = ['repeats', 'lastAt', 'observed', ...VALUE_FEATURE_NAMES, 'recency', 'frequency', 'monetary'] as const;

/** Purchases, the features of the value score, and recency (greater = more recent), frequency, monetary value. */
export type BuyerColumn = (typeof COLUMNS)[number];

/** What customers are compared by: plain data, which can change threads. */
export interface BuyerColumns {
  /** A column a fact, a place a customer; NaN = not known. */
  numbers: Record<BuyerColumn, Float64Array<ArrayBuffer>>;
  /** Net profits of the customers whose profit is known, by id. */
  profits: Map<string, Decimal>;
}

/** Collects what customers are compared by, of those that ever bought: the others are compared with nobody. */
export class BuyerCollector {
  private readonly numbers = columnsOf(() => [] as number[]);
  private readonly profits = new Map<string, Decimal>();

  /** Customers come in an order that is the same every day (by id), so that a sample of them is the same. */
  add({ customerId, purchases, profit, features, rfm }: CustomerMeasures): void {
    if (purchases === null) return;
    const { repeats, lastAt, observed } = purchases;
    if (profit.year.profit !== null) this.profits.set(customerId, profit.year.profit);
    this.push('repeats', repeats);
    this.push('lastAt', lastAt);
    this.push('observed', observed);
    for (const name of VALUE_FEATURE_NAMES) this.push(name, oriented(name, features[name]));
    this.push('recency', rfm && -rfm.recencyDays);
    this.push('frequency', rfm && rfm.frequency);
    this.push('monetary', rfm && rfm.monetary);
  }

  columns(): BuyerColumns {
    return { numbers: columnsOf((name) => Float64Array.from(this.numbers[name])), profits: this.profits };
  }

  private push(name: BuyerColumn, value: number | null): void {
    this.numbers[name].push(value ?? NaN);
  }
}

/** A record with something for each column. */
export function columnsOf<T>(make: (name: BuyerColumn) => T): Record<BuyerColumn, T> {
  return Object.fromEntries(COLUMNS.map((name) => [name, make(name)])) as Record<BuyerColumn, T>;
}
