import type {
  DeadLetterStore,
  DeliveryStore,
  InsightStore,
  OutboxReader,
  OverrideStore,
  PolicyStore,
  RateStore,
  ReconcileStore,
} from '@syncline/pipeline';

/** One database with all store ports on it, empty at the start of each test. */
export interface StoresUnderTest {
  reconcile: ReconcileStore;
  rate: RateStore;
  insight: InsightStore;
  overrides: OverrideStore;
  policies: PolicyStore;
  delivery: DeliveryStore;
  deadLetters: DeadLetterStore;
  outbox: OutboxReader;
}

/** Makes an empty store; `close` releases and removes it. */
export type StoreFactory = () => Promise<{ stores: StoresUnderTest; close(): Promise<void> }>;

/** Gives every test of the surrounding `describe` a store of its own. */
export function withStores(factory: StoreFactory): { readonly stores: StoresUnderTest } {
  const held: { current?: Awaited<ReturnType<StoreFactory>> } = {};
  beforeEach(async () => {
    held.current = await factory();
  });
  afterEach(async () => {
    await held.current?.close();
    held.current = undefined;
  });
  return {
    get stores() {
      if (!held.current) throw new Error('the store is there only inside a test');
      return held.current.stores;
    },
  };
}
