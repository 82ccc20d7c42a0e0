import { flawsOf, versionsOf } from '../../e2e/support/version-flaws';
import type { AppliedWrite } from '../target/recording-target';
import type { PublishedMessage, StateReader } from './state-reader';

const CUSTOMERS = 'syncline.customer.v1';
const RATINGS = 'syncline.credit-rating.v1';

/** Versions that subscribers were told of: without a gap, none twice with different content. */
export async function publishedFlaws(state: StateReader): Promise<string[]> {
  const flaws = async (topic: string): Promise<string[]> =>
    flawsOf(versionsOf(await state.published(topic))).map((flaw) => `published: ${topic}: ${flaw}`);
  return [...(await flaws(CUSTOMERS)), ...(await flaws(RATINGS))];
}

/**
 * Writes that brought an older rating over a newer one. Versions count by customer, so only accounts are looked at that
 * have been one customer's all the time.
 */
export async function writesBackwards(state: StateReader, writes: readonly AppliedWrite[]): Promise<string[]> {
  const customersOf = accountsByCustomer(await state.published(CUSTOMERS));
  const latest = new Map<string, number>();
  return writes.flatMap(({ account, ratingVersion }) => {
    const before = latest.get(account) ?? 0;
    latest.set(account, ratingVersion);
    const isOlder = ratingVersion < before && customersOf.get(account)?.size === 1;
    return isOlder ? [`target: ${account} was given version ${ratingVersion} after ${before}`] : [];
  });
}

/** Account → the customers that it has belonged to. */
function accountsByCustomer(events: readonly PublishedMessage[]): Map<string, Set<string>> {
  const customers = new Map<string, Set<string>>();
  for (const { value } of events) {
    const { customerId, accounts = [] } = JSON.parse(value) as {
      customerId: string;
      accounts?: { system: string; key: string }[];
    };
    for (const { system, key } of accounts) {
      const known = customers.get(`${system}/${key}`) ?? new Set<string>();
      customers.set(`${system}/${key}`, known.add(customerId));
    }
  }
  return customers;
}
