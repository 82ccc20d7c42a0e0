import { creditStateContract } from './credit-state.contract';
import { deadLetterStoreContract } from './dead-letter-store.contract';
import { deliveryStoreContract } from './delivery-store.contract';
import { insightStoreContract } from './insight-store.contract';
import { outboxContract } from './outbox.contract';
import { rateStoreContract } from './rate-store.contract';
import { reconcileStoreContract } from './reconcile-store.contract';
import type { StoreFactory } from './store-factory';

/** All suites of the store ports, for one database. */
export function storeContract(name: string, factory: StoreFactory): void {
  reconcileStoreContract(name, factory);
  rateStoreContract(name, factory);
  insightStoreContract(name, factory);
  creditStateContract(name, factory);
  deliveryStoreContract(name, factory);
  deadLetterStoreContract(name, factory);
  outboxContract(name, factory);
}
