import type { StateReader, StoredRow } from '../state/state-reader';
import type { Expectation } from './expectation';
import type { ExpectedLetters } from './fold';
import { add, cents } from './money';

/** What the state says otherwise than a plain fold of the input. */
export async function oracleDifferences(expected: Expectation, state: StateReader): Promise<string[]> {
  return [
    ...(await customerDifferences(expected, state)),
    ...(await receivableDifferences(expected, state)),
    ...(await orderDifferences(expected, state)),
    ...(await customerSumDifferences(expected, state)),
    ...(await letterDifferences(expected.letters, state)),
  ];
}

async function customerDifferences({ customers }: Expectation, state: StateReader): Promise<string[]> {
  const sets = new Map<string, string[]>();
  for (const row of await state.rows('SELECT system, key, customer_id, body FROM account')) {
    const { profile } = bodyOf(row) as { profile: { deleted: boolean } };
    if (profile.deleted) continue;
    const id = String(row['customer_id']);
    sets.set(id, [...(sets.get(id) ?? []), refOf(row)]);
  }
  return setDifferences(
    'oracle: customer of',
    new Set(customers.map((set) => set.join(' '))),
    new Set([...sets.values()].map((set) => set.sort().join(' '))),
  );
}

async function receivableDifferences({ receivables }: Expectation, state: StateReader): Promise<string[]> {
  const open = new Map<string, bigint>();
  const unapplied = new Map<string, bigint>();
  for (const row of await state.rows('SELECT system, account_key, open_amount FROM receivable_item')) {
    const amount = cents(row['open_amount']);
    const account = `${String(row['system'])}/${String(row['account_key'])}`;
    add(open, account, amount);
    if (amount < 0n) add(unapplied, account, -amount);
  }
  const sums = (of: 'open' | 'unapplied') => new Map([...receivables].map(([account, each]) => [account, each[of]]));
  return [
    ...sumDifferences('oracle: open receivables of', sums('open'), open),
    ...sumDifferences('oracle: unapplied credits of', sums('unapplied'), unapplied),
  ];
}

async function orderDifferences({ orders }: Expectation, state: StateReader): Promise<string[]> {
  const found = new Map<string, bigint>();
  const known = new Set<string>();
  for (const row of await state.rows('SELECT system, key, open_amount FROM sales_order')) {
    found.set(refOf(row), cents(row['open_amount']));
    known.add(refOf(row));
  }
  return [
    ...setDifferences('oracle: order', new Set(orders.keys()), known),
    ...sumDifferences('oracle: open value of order', new Map([...orders].map(([key, { open }]) => [key, open])), found),
  ];
}

/** The sums that customers are shown with are those of their accounts. */
async function customerSumDifferences(expected: Expectation, state: StateReader): Promise<string[]> {
  const customerOf = new Map<string, string>();
  for (const row of await state.rows('SELECT system, key, customer_id FROM account'))
    customerOf.set(refOf(row), String(row['customer_id']));
  const [open, orders] = [new Map<string, bigint>(), new Map<string, bigint>()];
  for (const [account, sums] of expected.receivables) add(open, customerOf.get(account) ?? account, sums.open);
  for (const { account, open: amount } of expected.orders.values())
    add(orders, customerOf.get(account) ?? account, amount);
  const [foundOpen, foundOrders] = [new Map<string, bigint>(), new Map<string, bigint>()];
  for (const row of await state.rows(`SELECT id, body FROM customer WHERE status = 'active'`)) {
    const { summary } = bodyOf(row) as {
      summary: { receivables: { open: string }[]; openOrders: { amount: string }[] };
    };
    for (const each of summary.receivables) add(foundOpen, String(row['id']), cents(each.open));
    for (const each of summary.openOrders) add(foundOrders, String(row['id']), cents(each.amount));
  }
  const ofKnown = (sums: Map<string, bigint>) => new Map([...sums].filter(([id]) => !id.includes('/')));
  return [
    ...sumDifferences('oracle: receivables of customer', ofKnown(open), foundOpen),
    ...sumDifferences('oracle: open orders of customer', ofKnown(orders), foundOrders),
  ];
}

async function letterDifferences(expected: ExpectedLetters, state: StateReader): Promise<string[]> {
  const [failing, waiting, strays] = [new Set<string>(), new Set<string>(), [] as string[]];
  for (const row of await state.rows('SELECT topic, key_bytes, value_bytes, error_code FROM dead_letter')) {
    const key = textOf(row['key_bytes']);
    const topic = String(row['topic']);
    const place = `${topic.endsWith('?') ? '?' : topic} ${key}`;
    const message = `${place} ${textOf(row['value_bytes'])}`;
    if (row['error_code'] !== 'INGEST_KEY_PARKED') failing.add(`${message} ${String(row['error_code'])}`);
    else if (expected.parkedKeys.has(place)) waiting.add(message);
    else strays.push(`oracle: ${message.slice(0, 120)} waits behind nothing`);
  }
  // What is sent again waits again: more messages of a parked key may wait than were sent once.
  const missing = [...expected.waiting].filter((message) => !waiting.has(message));
  return [
    ...setDifferences('oracle: dead letter', expected.failing, failing),
    ...missing.map((message) => `oracle: ${message.slice(0, 120)} should wait behind a dead letter`),
    ...strays,
  ];
}

function sumDifferences(what: string, expected: Map<string, bigint>, found: Map<string, bigint>): string[] {
  return [...new Set([...expected.keys(), ...found.keys()])]
    .filter((key) => (expected.get(key) ?? 0n) !== (found.get(key) ?? 0n))
    .map((key) => `${what} ${key}: expected ${expected.get(key) ?? 0n} cents, found ${found.get(key) ?? 0n}`);
}

function setDifferences(what: string, expected: ReadonlySet<string>, found: ReadonlySet<string>): string[] {
  return [
    ...[...expected].filter((each) => !found.has(each)).map((each) => `${what} ${each.slice(0, 160)}: missing`),
    ...[...found].filter((each) => !expected.has(each)).map((each) => `${what} ${each.slice(0, 160)}: not expected`),
  ];
}

function bodyOf({ body }: StoredRow): unknown {
  return typeof body === 'string' ? (JSON.parse(body) as unknown) : body;
}

function refOf(row: StoredRow): string {
  return `${String(row['system'])}/${String(row['key'])}`;
}

function textOf(bytes: unknown): string {
  return bytes === null ? 'null' : Buffer.from(bytes as Uint8Array).toString();
}
