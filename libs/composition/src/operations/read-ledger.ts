import { createStore } from '@syncline/engine/store';
import type { LocalDate } from '@syncline/model';
import type { DatedRate } from '@syncline/pipeline/rate';
import type { ReceivableItemRow } from '@syncline/pipeline/reconcile';
import type { SynclineConfig } from '@syncline/platform';
import { converterInto, type CurrencyConverter } from '@syncline/receivables';
import { storeConfigOf } from '../engine/engine-config';

/** Customers read at once. */
const PAGE = 500;
/** Before any day that an item can have. */
const BEGINNING: LocalDate = '0001-01-01';

/** The whole ledger of an installation, by customer. */
export interface StoredLedger {
  customers: { id: string; items: ReceivableItemRow[] }[];
  /** Into a currency, by the rates that the systems had on a day. */
  converterInto(currency: string): (day: LocalDate) => CurrencyConverter;
}

/**
 * Reads every item of every rated customer from the installation's store, and changes nothing. A server's database can
 * be read while processes run on it; an embedded one belongs to its process.
 * @throws SynclineError EMBEDDED_STORE_IN_USE, STORE_UNAVAILABLE
 */
export async function readLedger(config: SynclineConfig): Promise<StoredLedger> {
  const store = await createStore(storeConfigOf(config));
  try {
    await store.migrate();
    const customers: StoredLedger['customers'] = [];
    for (let after = ''; ;) {
      const ids = await store.rate.ratedCustomers(PAGE, after);
      const last = ids.at(-1);
      if (last === undefined) break;
      const facts = await store.rate.read((tx) => tx.facts(ids, BEGINNING));
      customers.push(...facts.map(({ customer, items }) => ({ id: customer.id, items })));
      after = last;
    }
    const rates = await store.rate.read((tx) => tx.rates());
    return { customers, converterInto: (currency) => dailyConverters(currency, rates, config) };
  } finally {
    await store.close();
  }
}

/** One converter a day, made when it is first asked for. */
function dailyConverters(
  currency: string,
  rates: readonly DatedRate[],
  { systems }: SynclineConfig,
): (day: LocalDate) => CurrencyConverter {
  const own = Object.fromEntries(systems.map((system) => [system.name, system.currency]));
  const made = new Map<LocalDate, CurrencyConverter>();
  return (day) => {
    let converter = made.get(day);
    if (!converter) made.set(day, (converter = converterInto(currency, rates, own, day)));
    return converter;
  };
}
