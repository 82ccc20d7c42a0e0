import type { Instant } from '@syncline/model';
import { refText } from './account-ref';
import type { LogMessage } from '../shared/event-log.port';
import { TOPICS } from '../shared/topics';
import { customerChanged, customerMerged, customerSplit, summaryHash } from './customer-events';
import type { PlacedAccount } from './resolve-identity';
import type {
  AccountRow,
  CustomerRow,
  CustomerSummary,
  ReceivableItemRow,
  ReconcileTx,
  SalesOrderRow,
} from './reconcile-store.port';
import { summariseCustomer } from './summarise-customer';
import type { SurvivorshipRules } from './survivorship';

/** What a batch did to customers. */
export interface CustomerChanges {
  /** Customers whose accounts or documents changed, whatever came of it. */
  touched: Set<string>;
  /** Accounts that were placed anew. */
  placed: PlacedAccount[];
}

const NOTHING: CustomerSummary = { attributes: {}, accounts: [], isCustomer: false, receivables: [], openOrders: [] };

/**
 * Folds the touched customers again, once each, and writes those of which something changed with the next version
 * and an event. A customer that has no accounts left is retired and points to where its leading account went.
 */
export async function refoldCustomers(
  tx: ReconcileTx,
  changes: CustomerChanges,
  rules: SurvivorshipRules,
  time: Instant,
): Promise<number> {
  const ids = [...changes.touched];
  if (ids.length === 0) return 0;
  const [accounts, before] = [await tx.accounts.ofCustomers(ids), await tx.customers.load(ids)];
  const parts = await loadParts(tx, accounts);
  const previous = new Map(before.map((row) => [row.id, row]));
  const rows: CustomerRow[] = [];
  const events: LogMessage[] = [];
  const moves = new Moves(changes.placed);
  for (const id of ids) {
    const own = parts.get(id);
    const summary = own ? summariseCustomer(own, rules) : NOTHING;
    const json = JSON.stringify(summary);
    const row = nextRow(id, own ? null : moves.wentTo(id), { summary, json }, previous.get(id));
    if (row === null) continue;
    rows.push(row);
    events.push(...eventsOf(row, json, previous.get(id), moves, time));
  }
  await tx.customers.save(rows);
  await tx.customers.caughtUp(ids);
  if (events.length > 0) await tx.outbox.append([{ topic: TOPICS.customers, messages: events }]);
  return rows.length;
}

interface Parts {
  accounts: AccountRow[];
  openItems: ReceivableItemRow[];
  openOrders: SalesOrderRow[];
}

async function loadParts(tx: ReconcileTx, accounts: AccountRow[]): Promise<Map<string, Parts>> {
  const parts = new Map<string, Parts>();
  const owner = new Map<string, Parts>();
  for (const account of accounts) {
    let own = parts.get(account.customerId);
    if (!own) parts.set(account.customerId, (own = { accounts: [], openItems: [], openOrders: [] }));
    own.accounts.push(account);
    owner.set(refText(account), own);
  }
  const refs = accounts.map(({ system, key }) => ({ system, key }));
  for (const item of await tx.documents.openItems(refs))
    owner.get(`${item.system}/${item.accountKey}`)!.openItems.push(item);
  for (const order of await tx.documents.openOrders(refs))
    owner.get(`${order.system}/${order.accountKey}`)!.openOrders.push(order);
  return parts;
}

/** The next row, or null where there is nothing to say: a touched customer always has something new. */
function nextRow(
  id: string,
  mergedInto: string | null,
  { summary, json }: { summary: CustomerSummary; json: string },
  before: CustomerRow | undefined,
): CustomerRow | null {
  const isGone = summary.accounts.length === 0;
  if (isGone && (!before || before.status === 'retired') && (before?.mergedInto ?? null) === mergedInto) return null;
  const name = summary.attributes['name']?.value;
  return {
    id,
    version: (before?.version ?? 0) + 1,
    status: isGone ? 'retired' : 'active',
    mergedInto: isGone ? mergedInto : null,
    name: typeof name === 'string' ? name : null,
    hash: summaryHash(json),
    summary,
  };
}

function eventsOf(
  row: CustomerRow,
  summaryJson: string,
  before: CustomerRow | undefined,
  moves: Moves,
  time: Instant,
): LogMessage[] {
  if (row.status === 'retired') return row.mergedInto ? [customerMerged(row, row.mergedInto, time)] : [];
  const splitFrom = before?.status === 'retired' ? moves.cameFrom(row.id) : null;
  const events = splitFrom ? [customerSplit(row, splitFrom, time)] : [];
  return [...events, customerChanged(row, time, summaryJson)];
}

/** Where the account that a customer was born with is now, and where it was before. */
class Moves {
  private readonly to = new Map<string, string>();
  private readonly from = new Map<string, string>();

  constructor(placed: PlacedAccount[]) {
    for (const { before, account } of placed) {
      if (before?.customerId === account.customerId) continue;
      this.to.set(account.birthId, account.customerId);
      if (before) this.from.set(account.birthId, before.customerId);
    }
  }

  wentTo(customerId: string): string | null {
    return this.to.get(customerId) ?? null;
  }

  cameFrom(customerId: string): string | null {
    const from = this.from.get(customerId);
    return from === undefined || from === customerId ? null : from;
  }
}
