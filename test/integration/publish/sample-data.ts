import type { Store } from '@syncline/engine/store';
import {
  aCustomer,
  aDeadLetter,
  aDesiredDelivery,
  anAccount,
  anInsight,
  anInsightRun,
  aRating,
  aReceivableItem,
  aSalesOrder,
  aStoredRecord,
} from '@syncline/testing';
import type { CustomerRow } from '@syncline/pipeline/reconcile';

const ORIGIN = { topic: 'erp.public.move_line', partition: 0, offset: 41, mapping: 'tryton-erp@1' };

/** One customer with everything, one retired id, many plain ones; written through the stages' own ports. */
export async function seed(store: Store): Promise<void> {
  await store.reconcile.transact(null, async (tx) => {
    await tx.customers.save([richCustomer(), retired(), ...plainCustomers()]);
    await tx.accounts.save([
      { account: richAccount(), before: undefined },
      {
        account: anAccount({ system: 'crm', key: 'x1', customerId: 'c1', birthId: 'c9' }, { code: 'X1', name: '远航' }),
        before: undefined,
      },
      ...plainCustomers().map(({ id }) => ({
        account: anAccount({ key: `a-${id}`, customerId: id, birthId: id }),
        before: undefined,
      })),
    ]);
    await tx.documents.saveItems([overdueItem(), paidItem(), unapplied(), plainOverdueItem()], []);
    await tx.documents.saveOrders([order()], []);
    await tx.records.save(records().map((record) => ({ record, before: undefined })));
  });
  await store.rate.transact(null, async (tx) => {
    await tx.saveRatings([
      aRating({ version: 1, grade: 'A', asOf: '2026-10-01', decidedAt: '2026-10-01T01:00:00.000Z' }),
    ]);
    await tx.saveRatings([
      aRating({
        version: 2,
        grade: 'C',
        hold: 'new_orders',
        limit: '300000',
        features: { pay_index: '55.5', tenure: null },
      }),
    ]);
    await tx.saveRatings([aRating({ customerId: 'p03', grade: 'AAA', score: '95' })]);
    await tx.saveRatings([aRating({ customerId: 'p04', grade: 'B', score: '9.5' })]);
  });
  await store.insight.transact(async (tx) => {
    const declining = { stage: 'declining' as const, since: '2026-11-01', candidate: null };
    const alerts = (['VOLUME_DROP', 'DECLINING'] as const).map((rule) => ({ rule, since: '2026-11-01', evidence: {} }));
    await tx.save([
      anInsight(),
      anInsight({ customerId: 'p03', value: null, stage: declining, keyAccount: null, class: null, alerts }),
    ]);
    await tx.saveRun(anInsightRun());
  });
  await store.delivery.transact(null, async (tx) => {
    const scope = { targets: ['u8'], customerIds: ['c1'] };
    await tx.desire([aDesiredDelivery({ desiredVersion: 2 })], '2026-11-20T02:00:00.000Z', scope);
  });
  await store.deadLetters.save([
    aDeadLetter(),
    aDeadLetter({ id: 'erp.sale/0/8', offset: 8, firstFailedAt: '2026-11-20T02:00:00.000Z', errorClass: 'value' }),
  ]);
}

export const PHONE = '13800138000';
export const STREET = '深南大道 1000 号';

function richCustomer(): CustomerRow {
  return aCustomer({
    version: 7,
    name: '远航贸易',
    summary: {
      attributes: {
        name: { value: '远航贸易', system: 'erp', account: 'a1', rule: 'priority' },
        phone: { value: PHONE, system: 'erp', account: 'a1', rule: 'priority' },
        country: { value: 'CN', system: 'erp', account: 'a1', rule: 'priority' },
      },
      accounts: [
        { system: 'crm', key: 'x1', code: 'X1', name: '远航', active: true, link: 'tax' },
        { system: 'erp', key: 'a1', code: 'C001', name: '远航贸易', active: true, link: 'born' },
      ],
      isCustomer: true,
      receivables: [{ currency: 'CNY', open: '850.5', unapplied: '50', disputed: '0', items: 2 }],
      openOrders: [{ currency: 'CNY', amount: '400', orders: 1 }],
    },
  });
}

function retired(): CustomerRow {
  const none = { attributes: {}, accounts: [], isCustomer: true, receivables: [], openOrders: [] };
  return aCustomer({ id: 'c9', status: 'retired', mergedInto: 'c1', name: null, summary: none });
}

export const PLAIN = 45;

function plainCustomers(): CustomerRow[] {
  return Array.from({ length: PLAIN }, (_, index) => {
    const id = `p${String(index).padStart(2, '0')}`;
    // Some share a name, an amount, or have none: the id breaks ties.
    const open = String((index % 7) * 100.1);
    return aCustomer({
      id,
      name: index % 5 === 0 ? 'Same Name' : `Customer ${index % 9}`,
      summary: {
        attributes: {},
        accounts: [{ system: 'erp', key: `a-${id}`, code: id.toUpperCase(), name: null, active: true, link: 'born' }],
        isCustomer: true,
        receivables: open === '0' ? [] : [{ currency: 'CNY', open, unapplied: '0', disputed: '0', items: 1 }],
        openOrders: index % 4 === 0 ? [{ currency: 'CNY', amount: '33.3', orders: 1 }] : [],
      },
    });
  });
}

function richAccount() {
  return anAccount(
    {},
    {
      name: '远航贸易',
      identifiers: [{ scheme: 'cn_uscc', value: '91440300MA5EYUFQ5X', valid: true }],
      contacts: [{ type: 'mobile', value: PHONE, name: '王小明' }],
      addresses: [{ street: STREET, city: '深圳', postalCode: '518000', country: 'CN' }],
    },
  );
}

const overdueItem = () =>
  aReceivableItem({
    key: 'i1',
    amount: '900.5',
    openAmount: '900.5',
    dueOn: '2026-10-01',
    postedOn: '2026-09-01',
    invoiceKey: 'inv1',
  });

const paidItem = () =>
  aReceivableItem({
    key: 'i2',
    number: 'INV-2',
    invoiceKey: 'inv2',
    amount: '600',
    openAmount: '0',
    documentOpenAmount: '0',
    dueOn: '2026-11-30',
    postedOn: '2026-10-01',
    settledOn: '2026-11-10',
    settlements: [{ on: '2026-11-10', amount: '600', cash: true }],
  });

const unapplied = () =>
  aReceivableItem({
    key: 'i3',
    type: 'on_account',
    number: null,
    invoiceKey: null,
    amount: '-50',
    openAmount: '-50',
    dueOn: null,
    postedOn: '2026-11-01',
  });

const plainOverdueItem = () =>
  aReceivableItem({ key: 'i9', accountKey: 'a-p01', openAmount: '100.1', amount: '100.1', dueOn: '2026-11-19' });

const order = () =>
  aSalesOrder({
    orderedAmount: '1000',
    deliveredAmount: '800',
    invoicedAmount: '600',
    openAmount: '400',
    invoiceKeys: ['inv2'],
    lines: [{ key: 'l1', product: 'P1', quantity: '10', unitPrice: '100', delivered: '8', invoiced: '6' }],
  });

function records() {
  return [
    aStoredRecord({
      kind: 'receivable_item',
      key: 'i1',
      fields: { amount: '900.5' },
      refs: { account: 'a1', posting: 'p1', invoice: 'inv1' },
      origin: ORIGIN,
    }),
    aStoredRecord({
      kind: 'posting',
      key: 'p1',
      fields: { posted_on: '2026-09-01' },
      refs: { invoice: 'inv1' },
      origin: { ...ORIGIN, offset: 40 },
    }),
    aStoredRecord({
      kind: 'account',
      key: 'a1',
      fields: { name: '远航贸易' },
      refs: {},
      origin: { ...ORIGIN, offset: 1 },
    }),
    aStoredRecord({
      kind: 'contact',
      key: 'k1',
      fields: { type: 'mobile', value: PHONE },
      refs: { account: 'a1' },
      origin: { ...ORIGIN, offset: 2 },
    }),
    aStoredRecord({ kind: 'order', key: 'o1' }),
    aStoredRecord({ kind: 'order_line', key: 'l1', fields: { quantity: '10' }, refs: { order: 'o1' } }),
    aStoredRecord({ kind: 'delivery', key: 'd1', fields: { quantity: '8' }, refs: { order_line: 'l1' } }),
    aStoredRecord({ kind: 'opportunity', key: 'q1', fields: { state: 'open' }, refs: { account: 'a1' } }),
    aStoredRecord({ kind: 'opportunity', key: 'q2', fields: { state: 'won' }, refs: { account: 'a1' } }),
    aStoredRecord({ kind: 'service_case', key: 's1', fields: { state: 'open' }, refs: { account: 'a1' } }),
    aStoredRecord({ kind: 'order_line', key: 'l7', fields: { quantity: '1' }, refs: { order: 'not-come' } }),
  ];
}
