import { given, type AccountName, type CustomerView, type Events, type Scenario } from '@syncline/testing';
import { Installation, type Services } from './installation';
import { asItWas, sampleLines } from './samples';

interface Profile {
  name: string;
  services?(): Promise<Services & { drop(): Promise<void> }>;
}

/** The day on which the scenarios were captured. */
const BUSINESS_DATE = '2026-11-22';
const THIRTY_DAYS_LATER = '2026-12-22';
const CUSTOMER = erpAccount('26');
const DUPLICATE = erpAccount('27');
const TEMPORARY = erpAccount('28');
const CREDITED = erpAccount('8');

/** The captured business actions, one after another, each redelivered and in an order of its own. */
export function smallScenarios(profile: Profile): void {
  describe(`the small ERP on the ${profile.name} profile`, () => {
    let installation: Installation;
    let services: (Services & { drop(): Promise<void> }) | undefined;

    beforeAll(async () => {
      services = await profile.services?.();
      installation = await Installation.start({
        businessDate: BUSINESS_DATE,
        targetCodes: Array.from({ length: 43 }, (_, i) => `C${String(i + 1).padStart(5, '0')}`),
        // By similarity the duplicate would stand with its customer before the ERP merges them.
        edit: ({ replace }) => replace('syncline.yaml', 'matching: matching.yaml', 'matching: null'),
        ...(services ? { services } : {}),
      });
      await given(installation, accountTypes(), events('reference'), events('erp'));
    }, 120_000);

    afterAll(async () => {
      await installation?.stop();
      await services?.drop();
    }, 60_000);

    /** A captured action on what was there before it; each has its own shuffling. */
    const when = (name: string, past: Events[] = []): Scenario =>
      given(installation, ...past)
        .when(action(name))
        .redelivered(3)
        .inAnyOrder(Number(name.slice(0, 2)));

    it('makes a customer with its tax id, credit limit, address and contact', async () => {
      await when('01-customer-created').thenCustomer(CUSTOMER, (view) => {
        expect(view).toMatchObject({ name: '南京扬子江阀门有限公司', is_customer: true, receivables: [] });
        expect(valuesOf(view)).toMatchObject({
          code: 'C00041',
          tax_id: '91320100MA1X21ABC9',
          email: 'ap21@example.com',
          city: '南京',
          street: '江北大道9号',
        });
        expect(view.accounts).toMatchObject([
          { ...CUSTOMER, credit_limit: '150000', identifiers: [{ scheme: 'cn_uscc', valid: true }] },
        ]);
        expect(view.orders.count).toBe(0);
      });
    });

    it('renames it and changes its address, and keeps its id', async () => {
      await when('02-customer-renamed-address-changed').thenCustomer(CUSTOMER, (view, before) => {
        expect(view.id).toBe(before!.id);
        expect(valuesOf(view)).toEqual({ ...valuesOf(before!), name: '南京扬子江阀门股份有限公司', city: '南京市' });
      });
    });

    it('does not count a draft order', async () => {
      await when('03-sale-draft').thenCustomer(CUSTOMER, ({ orders }) => {
        expect(orders).toMatchObject({ count: 1, by_state: { draft: 1 }, totals: [], open: [] });
      });
    });

    it('does not count a quotation', async () => {
      await when('04-sale-quoted').thenCustomer(CUSTOMER, ({ orders }) => {
        expect(orders).toMatchObject({ count: 1, by_state: { quotation: 1 }, totals: [], open: [] });
      });
    });

    it('counts a confirmed order: 19,800 to deliver and bill, 22,374 with tax at risk', async () => {
      await when('05-sale-confirmed').thenCustomer(CUSTOMER, ({ orders, exposure, receivables }) => {
        expect(orders).toMatchObject({
          by_state: { processing: 1 },
          totals: [{ currency: 'CNY', ordered_amount: '19800.00', invoiced_amount: '0.00', open_amount: '19800.00' }],
          open: [{ currency: 'CNY', amount: '19800.00', orders: 1 }],
        });
        expect(exposure).toEqual([{ currency: 'CNY', exposure: '22374.00', parts: { open_orders_gross: '22374.00' } }]);
        expect(receivables).toEqual([]);
      });
    });

    it('turns the posted invoice into a receivable of 22,374 that is due 30 days later', async () => {
      await when('07-invoice-posted').thenCustomer(CUSTOMER, (view) => {
        expect(view.receivables).toMatchObject([{ ...NOT_YET_DUE, open_total: '22374.00' }]);
        expect(view.open_items).toMatchObject([
          { type: 'invoice', number: '68', open_amount: '22374.00', due_on: THIRTY_DAYS_LATER },
        ]);
        expect(view.exposure).toMatchObject([{ currency: 'CNY', exposure: '22374.00' }]);
        expect(view.orders).toMatchObject({ totals: [{ invoiced_amount: '19800.00', paid_amount: '0.00' }], open: [] });
      });
    });

    it('takes a part payment of 5,000 off the invoice, whose due date stays', async () => {
      await when('08-partial-payment').thenCustomer(CUSTOMER, (view) => {
        expect(view.receivables).toMatchObject([{ ...NOT_YET_DUE, open_total: '17374.00' }]);
        expect(view.open_items).toMatchObject([
          { type: 'invoice', amount: '22374.00', open_amount: '17374.00', due_on: THIRTY_DAYS_LATER },
        ]);
        expect(Number(view.orders.totals[0]!.paid_amount)).toBeCloseTo((19_800 * 5_000) / 22_374, 2);
      });
    });

    it('settles the invoice and the order with the last payment', async () => {
      await when('09-final-payment-reconciled')
        .thenCustomer(CUSTOMER, (view) => {
          expect(view).toMatchObject({ receivables: [], open_items: [], exposure: [{ exposure: '0.00' }] });
          expect(view.orders).toMatchObject({
            by_state: { done: 1 },
            totals: [{ ordered_amount: '19800.00', invoiced_amount: '19800.00', paid_amount: '19800.00' }],
            open: [],
          });
        })
        .thenOfCustomer<{ items: SettledItem[] }>(CUSTOMER, 'receivables?state=all', ({ items }) => {
          expect(items.filter(({ type }) => type === 'invoice')).toMatchObject([
            { amount: '22374.00', open_amount: '0.00', settled_on: BUSINESS_DATE },
          ]);
        });
    });

    it('takes over the lower credit limit that the ERP was given', async () => {
      await when('10-credit-limit-and-hold-written').thenCustomer(CUSTOMER, (view, before) => {
        expect(view.accounts).toMatchObject([{ ...CUSTOMER, credit_limit: '90000' }]);
        expect(view.version).toBeGreaterThan(before!.version);
        expect(valuesOf(view)).toEqual(valuesOf(before!));
      });
    });

    it('counts a cancelled order as cancelled and as nothing else', async () => {
      await when('11-sale-cancelled', [asBefore('11-sale-cancelled')]).thenCustomer(CUSTOMER, ({ orders }, before) => {
        expect(before!.orders.by_state).toEqual({ done: 1, quotation: 1 });
        expect(orders.by_state).toEqual({ done: 1, cancelled: 1 });
        expect([orders.totals, orders.open]).toEqual([before!.orders.totals, []]);
      });
    });

    it('makes one customer of a merged duplicate, whose old id still answers', async () => {
      let survivor = '';
      await when('12-duplicate-party-merged', [asBefore('12-duplicate-party-merged')])
        .thenCustomer(CUSTOMER, (view) => {
          survivor = view.id;
          expect(view.accounts).toMatchObject([
            { ...CUSTOMER, active: true },
            { ...DUPLICATE, active: false, link: 'merged_into' },
          ]);
          expect(view.name).toBe('南京扬子江阀门股份有限公司');
        })
        .thenCustomer(DUPLICATE, (view, before) => {
          expect(before!.id).not.toBe(survivor);
          expect(view.id).toBe(survivor);
        })
        .thenFormerCustomer(DUPLICATE, (view, before) => {
          expect(view).toMatchObject({ id: survivor, retired_id: before.id, merged_into: survivor });
        });
    });

    it('keeps a deactivated customer, marked as out of use', async () => {
      await when('13-customer-deactivated').thenCustomer(CUSTOMER, (view, before) => {
        expect(view.id).toBe(before!.id);
        expect(view.accounts).toMatchObject([
          { ...CUSTOMER, active: false },
          { ...DUPLICATE, active: false },
        ]);
        expect(view.orders).toEqual(before!.orders);
      });
    });

    it('keeps nothing of a customer that the ERP deleted but its id', async () => {
      await when('14-customer-deleted', [asBefore('14-customer-deleted')])
        .thenCustomer(TEMPORARY, (view, before) => {
          expect(before).toMatchObject({ name: '临时客户', is_customer: true });
          expect(view).toMatchObject({ id: before!.id, name: null, is_customer: false, attributes: {} });
          expect(view.accounts).toMatchObject([{ ...TEMPORARY, code: null, name: null, active: false }]);
        })
        .thenNothingChanges(CUSTOMER);
    });

    it('does not change a receivable for the draft of a credit note', async () => {
      await when('15-credit-note-created').thenNothingChanges(CREDITED);
    });

    it('has refused nothing on the way', async () => {
      await given(installation).thenDeadLetters((letters) => expect(letters).toEqual([]));
    });
  });
}

interface SettledItem {
  type: string;
  amount: string;
  open_amount: string;
  settled_on: string | null;
}

const NOT_YET_DUE = { currency: 'CNY', overdue: '0.00', unapplied_credit: '0.00' };

function erpAccount(key: string): AccountName {
  return { system: 'erp', key };
}

function events(name: string): Events {
  return { system: 'erp', lines: sampleLines(`small/${name}.ndjson.gz`) };
}

function action(name: string): Events {
  return events(`scenarios/${name}`);
}

/** What an action changed, as it was before: some of it was made in between the captured files. */
function asBefore(name: string): Events {
  const { system, lines } = action(name);
  return { system, lines: asItWas(lines) };
}

/** The types of the chart of accounts: the small capture leaves them out, set A has the same chart. */
function accountTypes(): Events {
  const lines = sampleLines('set-a/erp.ndjson.gz').filter((line) => line.includes('"erp.public.account_account_type"'));
  return { system: 'erp', lines };
}

function valuesOf(view: CustomerView): Record<string, string> {
  return Object.fromEntries(Object.entries(view.attributes).map(([name, { value }]) => [name, value]));
}
