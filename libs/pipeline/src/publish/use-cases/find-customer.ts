import type { CustomerRow } from '../../reconcile/reconcile-store.port';
import type { CustomerQueries } from '../ports/customer-queries.port';
import { requestError } from '../problem/problem';

export interface FoundCustomer {
  customer: CustomerRow;
  /** The id that was asked for, when it is retired and `customer` answers for it. */
  retiredId: string | null;
}

/** An id can be merged into one that was merged itself. */
const MAX_MERGES = 100;

/**
 * The customer of an id; a retired id gives the customer that has its accounts now.
 * @throws SynclineError CUSTOMER_NOT_FOUND
 */
export async function findCustomer(queries: CustomerQueries, id: string): Promise<FoundCustomer> {
  let customer = await queries.find(id);
  for (let merges = 0; customer?.status === 'retired' && customer.mergedInto && merges < MAX_MERGES; merges++) {
    customer = await queries.find(customer.mergedInto);
  }
  if (!customer) throw requestError('CUSTOMER_NOT_FOUND', 'No customer has this id.', 'id');
  return { customer, retiredId: customer.id === id ? null : id };
}
