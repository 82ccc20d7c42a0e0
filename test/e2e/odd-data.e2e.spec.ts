import { ChildInstallation } from './support/child-installation';
import { Installation } from './support/installation';
import { InstallationFolder, type ConfigEditor } from './support/installation-folder';

const SYSTEM = `
name: shop
title: Shop ERP
role: erp
priority: 3
currency: CNY
time_zone: Asia/Shanghai
mapping: shop.yaml
topics: {prefix: 'shop.public.'}
`;

const MAPPING = `
mapping: {name: shop, version: 1, system_role: erp}
values:
  currencies: {yuan: CNY, dollar: USD, token: XTK}
sources:
  customer:
    records:
      - {kind: account, key: id, fields: {code: code, name: name}}
  item:
    records:
      - kind: receivable_item
        key: id
        refs: {account: customer, settlement: cleared, invoice: invoice}
        fields:
          amount: amount
          posted_on: posted
          due_on: due
  cleared:
    records:
      - {kind: settlement, key: id, fields: {settled_on: day}}
  orders:
    records:
      - kind: order
        key: id
        refs: {account: customer}
        fields: {number: number, state: state, ordered_on: day, currency: {expr: currency, values: currencies}}
  order_line:
    records:
      - {kind: order_line, key: id, refs: {order: orders}, fields: {quantity: quantity, unit_price: price}}
  rate:
    records:
      - kind: exchange_rate
        key: id
        fields: {currency: {expr: currency, values: currencies}, valid_from: day, rate: rate}
`;

type Row = Record<string, string | number | null>;

let readAt = 0;
/** A flattened row of a table, read after all rows before it. */
const row = (table: string, values: Row): string =>
  JSON.stringify({
    topic: `shop.public.${table}`,
    key: { id: values['id'] },
    value: { ...values, __op: 'c', __source_ts_ms: (readAt += 1) },
  });
const customer = (id: number): string => row('customer', { id, code: `S${id}`, name: `海门纺织${id}厂` });
const order = (id: number, of: number, currency: string): string =>
  row('orders', { id, customer: of, number: `SO${id}`, state: 'confirmed', day: '2026-11-20', currency });
const line = (id: number, of: number, quantity: string): string =>
  row('order_line', { id, orders: of, quantity, price: '100.00' });
const invoice = (id: number, of: number, posted: string, due: string, cleared: string | null = null): string =>
  row('item', { id, customer: of, amount: '100.00', posted, due, cleared, invoice: null });

interface Item {
  key: string;
  amount: string;
  open_amount: string;
  settled_on: string | null;
  days_overdue: number | null;
  settlements: object[];
}
interface Receivables {
  items: Item[];
  totals: { open_total: string; unapplied_credit: string }[];
}
interface View {
  orders: { open: { currency: string; amount: string; orders: number; without_rate: number }[] };
}

/** What docs/explanation/receivables.md says of odd data, on the whole application: it counts as told, and none is lost. */
describe('odd data', () => {
  let installation: Installation;

  beforeAll(async () => {
    installation = await Installation.start({ businessDate: '2026-11-22', targetCodes: [], edit: withShop });
    await feed(...[1, 2, 3, 4, 5, 6].map(customer));
  }, 60_000);

  afterAll(() => installation?.stop(), 60_000);

  async function feed(...lines: string[]): Promise<void> {
    expect(await installation.feed('shop', lines)).toMatchObject({ accepted: lines.length, failed: 0 });
    await installation.caughtUp();
  }

  const idOf = async (key: number): Promise<string> =>
    (await installation.get<{ customer_id: string }>(`/accounts/shop/${key}`)).customer_id;

  const receivables = async (key: number, query = ''): Promise<Receivables> =>
    installation.get<Receivables>(`/customers/${await idOf(key)}/receivables?${query}`);

  const openOrders = async (key: number) => (await installation.get<View>(`/customers/${await idOf(key)}`)).orders.open;

  const reasons = async (key: number): Promise<string[]> => {
    const { current } = await installation.get<{ current: { reasons: { code: string }[] } }>(
      `/customers/${await idOf(key)}/rating`,
    );
    return current.reasons.map(({ code }) => code);
  };

  const waiting = async (): Promise<{ id: string; code: string; where: string; parking_key: string }[]> =>
    (await installation.get<{ items: [] }>('/dead-letters?status=open')).items;

  it('sets a currency that the mapping does not know aside, and takes it once the mapping names it', async () => {
    await feed(order(1, 1, 'zloty'), line(1, 1, '5'));
    const [letter, ...others] = await waiting();
    expect(others).toEqual([]);
    expect(letter!.where).toContain('currency');
    expect(await openOrders(1)).toEqual([]);
    await installation.restartWith(({ replace }) =>
      replace('mappings/shop.yaml', 'token: XTK', 'token: XTK, zloty: CNY'),
    );
    await installation.api.post('/dead-letters/replay', { key: letter!.parking_key });
    await installation.caughtUp();
    expect(await openOrders(1)).toEqual([{ currency: 'CNY', amount: '500.00', orders: 1, without_rate: 0 }]);
    expect(await waiting()).toEqual([]);
  }, 60_000);

  it.each([
    ['a currency that never had a rate', 2, 'token', 'XTK', '2026-01-01'],
    ['a currency whose first rate is of a later day', 3, 'dollar', 'USD', '2026-11-22'],
  ])(
    'guesses nothing about %s, says so, and counts the order as soon as there is one',
    async (_, of, name, code, day) => {
      if (name === 'dollar') await feed(row('rate', { id: 31, currency: name, day: '2026-12-01', rate: '0.2' }));
      await feed(order(of, of, name), line(of, of, '2'));
      expect(await openOrders(of)).toEqual([{ currency: 'CNY', amount: '0.00', orders: 1, without_rate: 1 }]);
      expect(await reasons(of)).toContain(`MISSING_RATE_${code}`);
      await feed(row('rate', { id: of, currency: name, day, rate: '0.5' }));
      expect(await openOrders(of)).toEqual([{ currency: 'CNY', amount: '400.00', orders: 1, without_rate: 0 }]);
    },
  );

  it('counts a due date before the invoice date as it stands', async () => {
    await feed(invoice(41, 4, '2026-11-10', '2026-11-01'));
    expect(await receivables(4)).toMatchObject({
      items: [{ key: '41', open_amount: '100.00', days_overdue: 21 }],
      totals: [{ open_total: '100.00' }],
    });
  });

  it('keeps money that came before its invoice unapplied until the invoice is posted', async () => {
    const receipt = row('item', {
      id: 51,
      customer: 5,
      amount: '-100.00',
      posted: '2026-11-05',
      due: null,
      cleared: 'R1',
    });
    await feed(
      row('cleared', { id: 'R1', day: '2026-11-15' }),
      receipt,
      invoice(52, 5, '2026-11-15', '2026-12-15', 'R1'),
    );
    expect(await receivables(5, 'as_of=2026-11-10')).toMatchObject({
      totals: [{ open_total: '-100.00', unapplied_credit: '100.00' }],
    });
    const { items } = await receivables(5, 'as_of=2026-11-20&state=all');
    expect(items.map(({ open_amount: open }) => open)).toEqual(['0.00', '0.00']);
    expect(items.find(({ key }) => key === '52')!.settlements).toEqual([
      { on: '2026-11-05', amount: '100.00', cash: true },
    ]);
  });

  it('takes a line ordered with a negative quantity for a return: shown, and no exposure', async () => {
    await feed(order(6, 6, 'yuan'), line(6, 6, '-3'));
    const { items } = await installation.get<{ items: object[] }>(`/customers/${await idOf(6)}/orders`);
    expect(items).toMatchObject([{ key: '6', open_amount: '-300.00', lines: [{ ordered: '-3', delivered: '0' }] }]);
    const exposure = await installation.get<{ exposure: unknown }>(`/customers/${await idOf(6)}`);
    expect(JSON.stringify(exposure.exposure)).toContain('"exposure":"0.00"');
  });

  it('takes an item of a closed period, and still answers as it was known at the closing', async () => {
    await feed(invoice(61, 6, '2026-09-10', '2026-10-10'));
    const closing = new Date().toISOString();
    await feed(invoice(62, 6, '2026-09-20', '2026-10-20'));
    const keys = ({ items }: Receivables) => items.map(({ key }) => key);
    expect(keys(await receivables(6, 'as_of=2026-09-30'))).toEqual(['61', '62']);
    expect(keys(await receivables(6, `as_of=2026-09-30&known_at=${closing}`))).toEqual(['61']);
  });

  it('has lost nothing of all this', async () => {
    expect(await waiting()).toEqual([]);
    for (const [key, items] of [
      [4, 1],
      [6, 2],
    ] as const)
      expect((await receivables(key)).items).toHaveLength(items);
  });
});

describe('a wrong policy', () => {
  it('stops the start with file, line, column and what would be right', async () => {
    const folder = new InstallationFolder({
      businessDate: '2026-11-22',
      edit: ({ replace }) => replace('credit-policy.yaml', 'max_dpd_open > 30', 'max_dpd_opne > 30'),
    });
    const start = ChildInstallation.start(folder);
    await expect(start).rejects.toThrow(/credit-policy\.yaml:\d+:\d+: .*max_dpd_opne.*max_dpd_open/);
    await expect(start).rejects.toThrow(/ended with 2/);
    folder.remove();
  }, 60_000);
});

function withShop({ write }: ConfigEditor): void {
  write('systems/shop.yaml', SYSTEM);
  write('mappings/shop.yaml', MAPPING);
}
