import { aReceivableItem } from '@syncline/testing';
import { findings } from './findings';
import type { GatewayHarness } from './gateway.harness';
import { PLAIN } from './sample-data';

/** The view of customers: shapes, filters, pages, problems. */
export function customersSuite(harness: () => GatewayHarness): void {
  describe('answers what OpenAPI says', () => {
    it.each([
      ['Index', '/'],
      ['Health', '/health/live'],
      ['Health', '/health/ready'],
      ['Me', '/me'],
      ['CustomerPage', '/customers?limit=3'],
      ['Customer', '/customers/c1'],
      ['Customer', '/customers/c9'],
      ['Receivables', '/customers/c1/receivables?state=all'],
      ['OrderPage', '/customers/c1/orders'],
      ['Timeline', '/customers/c1/timeline'],
      ['Ratings', '/customers/c1/rating'],
      ['Explanation', '/customers/c1/explain?path=receivables.open_total'],
      ['KeyAccounts', '/key-accounts'],
      ['AccountOwner', '/accounts/crm/x1'],
      ['IdentityDecisions', '/identity-decisions'],
      ['ConnectorNames', '/connectors'],
      ['ConnectorInfo', '/connectors/erp'],
      ['ConnectorConfig', '/connectors/erp/config'],
      ['ConnectorStatus', '/connectors/u8/status'],
      ['ConnectorOffsets', '/connectors/erp/offsets'],
      ['DeadLetterPage', '/dead-letters'],
      ['DeadLetter', '/dead-letters/erp.sale/0/7'],
      ['DeliveryPage', '/deliveries'],
      ['Waiting', '/waiting'],
      ['AuditPage', '/audit'],
      ['ApiKeys', '/api-keys'],
    ])('%s at %s', async (schema, url) => {
      const answer = await harness().call('GET', url, url === '/' ? null : 'administrator');
      expect(answer.status).toBe(200);
      expect(findings(schema, answer)).toEqual([]);
    });
  });

  describe('orders', () => {
    it('say what does not fit of each line, where their system tells of deliveries', async () => {
      const { body } = await harness().call('GET', '/customers/c1/orders', 'analyst');
      const [{ lines }] = body.items as unknown as { lines: { match: object }[] }[];
      expect(lines[0].match).toEqual({
        findings: [],
        price_variance: null,
        over_invoiced: '0',
        undelivered_value: '200.00',
        delivered_not_invoiced: '226.00',
      });
      const { documents } = harness().queries;
      expect(await documents.tellDeliveries(['crm', 'erp', 'erp'])).toEqual(new Set(['erp']));
      expect(await documents.tellDeliveries([])).toEqual(new Set());
    });
  });

  describe('customers', () => {
    it('shows the view with aging, exposure, progress, rating and deliveries', async () => {
      const { body } = await harness().call('GET', '/customers/c1', 'analyst');
      expect(body).toMatchObject({
        id: 'c1',
        name: '远航贸易',
        version: 7,
        as_of: '2026-11-20',
        receivables: [
          {
            currency: 'CNY',
            open_total: '850.50',
            unapplied_credit: '50.00',
            overdue: '900.50',
            items: 2,
            aging: { current: '0.00', '31-60': '900.50' },
          },
        ],
        exposure: [
          {
            currency: 'CNY',
            exposure: '1302.50',
            parts: {
              open_items: '900.50',
              unapplied_cash: '50.00',
              delivered_not_invoiced_gross: '226.00',
              open_orders_gross: '226.00',
            },
          },
        ],
        orders: {
          count: 1,
          by_state: { confirmed: 1 },
          open: [{ currency: 'CNY', amount: '400.00', orders: 1, without_rate: 0 }],
          totals: [
            {
              ordered_amount: '1000.00',
              delivered_amount: '800.00',
              invoiced_amount: '600.00',
              paid_amount: '600.00',
              open_amount: '400.00',
            },
          ],
        },
        opportunities: { open: 1, total: 2 },
        service_cases: { open: 1, total: 1 },
        behaviour: { pay_index: '55.5' },
        rating: { version: 2, grade: 'C', hold: 'new_orders', limit: '300000' },
        deliveries: [{ target: 'u8', state: 'due', desired_version: 2, confirmed_version: null }],
      });
      expect(body.open_items).toHaveLength(2);
    });

    it('computes aging as of another day', async () => {
      const { body } = await harness().call('GET', '/customers/c1/receivables?as_of=2026-11-05', 'analyst');
      expect(body).toMatchObject({
        as_of: '2026-11-05',
        totals: [{ open_total: '1450.50', aging: { current: '600.00', '31-60': '900.50' } }],
      });
    });

    it('answers for a day by what was known at a moment: a receipt that bounced later was money', async () => {
      const invoice = aReceivableItem({ key: 'v3', accountKey: 'a-p44', amount: '10000', dueOn: '2026-01-31' });
      const paid = { ...invoice, openAmount: '4000', settlements: [{ on: '2026-02-10', amount: '6000', cash: true }] };
      const bounced = { ...invoice, openAmount: '10000', settlements: [] };
      await harness().store.reconcile.transact(null, async ({ documents }) => {
        await documents.keepItemVersions([paid], [], '2026-02-10T09:00:00.000Z');
        await documents.keepItemVersions([bounced], [], '2026-03-05T09:00:00.000Z');
        await documents.keepItemVersions([], [bounced], '2026-04-01T09:00:00.000Z');
      });
      const known = async (asOf: string, knownAt: string) => {
        const url = `/customers/p44/receivables?as_of=${asOf}&known_at=${knownAt}`;
        const answer = await harness().call('GET', url, 'analyst');
        expect(findings('Receivables', answer)).toEqual([]);
        return answer.body;
      };
      expect(await known('2026-03-05', '2026-03-05T10:00:00Z')).toMatchObject({
        totals: [{ open_total: '10000.00', aging: { '31-60': '10000.00' } }],
        items: [{ open_amount: '10000.00', days_overdue: 33 }],
      });
      expect(await known('2026-02-28', '2026-02-28T23:59:59Z')).toMatchObject({
        known_at: '2026-02-28T23:59:59.000Z',
        known_since: '2026-02-10T09:00:00.000Z',
        totals: [{ open_total: '4000.00', aging: { '1-30': '4000.00' } }],
        items: [{ open_amount: '4000.00', days_overdue: 28 }],
      });
      expect(await known('2026-02-28', '2026-02-09T00:00:00Z')).toMatchObject({ totals: [], items: [] });
      expect(await known('2026-04-30', '2026-04-30T00:00:00Z')).toMatchObject({ totals: [], items: [] });
      const refused = await harness().call('GET', '/customers/p44/receivables?known_at=yesterday', 'analyst');
      expect([refused.status, refused.body.code]).toEqual([400, 'BAD_QUERY']);
    });

    it('answers for a retired id with the customer that has its accounts', async () => {
      const { body } = await harness().call('GET', '/customers/c9', 'subscriber');
      expect(body).toMatchObject({ id: 'c1', retired_id: 'c9', merged_into: 'c1' });
    });

    it('says 404 with a code for an unknown customer and account', async () => {
      for (const [url, code] of [
        ['/customers/nobody', 'CUSTOMER_NOT_FOUND'],
        ['/accounts/erp/nobody', 'ACCOUNT_NOT_FOUND'],
        ['/customers/p00/rating', 'RATING_NOT_FOUND'],
      ]) {
        const answer = await harness().call('GET', url, 'analyst');
        expect([answer.status, answer.body.code]).toEqual([404, code]);
        expect(findings('Problem', answer)).toEqual([]);
        expect(answer.headers['content-type']).toContain('application/problem+json');
      }
    });

    it.each([
      ['limit=0', 'from 1 to 200'],
      ['limit=201', 'from 1 to 200'],
      ['limit=x', 'from 1 to 200'],
      ['hold=some', 'one of none, new_orders, all'],
      ['sort=colour', 'one of name, open_total, exposure, score, grade'],
      ['direction=up', 'one of asc, desc'],
      ['min_open=1e3', 'a decimal like 1000.00'],
      ['is_overdue=perhaps', 'true or false'],
      ['colour=red', 'property colour should not exist'],
      ['grade=,', ''],
    ])('says what is allowed for %s', async (query, allowed) => {
      const answer = await harness().call('GET', `/customers?${query}`, 'analyst');
      if (allowed === '') return expect(answer.status).toBe(200);
      expect([answer.status, answer.body.code]).toEqual([400, 'BAD_QUERY']);
      expect(answer.body.detail).toContain(allowed);
    });

    it('refuses a bad day and a cursor of another query', async () => {
      expect((await harness().call('GET', '/customers/c1?as_of=2026-02-30', 'analyst')).body.detail).toContain(
        'a day like',
      );
      const { body } = await harness().call('GET', '/customers?limit=2', 'analyst');
      const other = await harness().call(
        'GET',
        `/customers?limit=2&sort=score&cursor=${String(body.next_cursor)}`,
        'analyst',
      );
      expect([other.status, other.body.code]).toEqual([400, 'BAD_CURSOR']);
    });

    const ids = async (query: string): Promise<string[]> => {
      const { body } = await harness().call('GET', `/customers?limit=200&${query}`, 'analyst');
      return (body.items as { id: string }[]).map(({ id }) => id);
    };

    it('filters', async () => {
      expect(await ids(`q=${encodeURIComponent('远航')}`)).toEqual(['c1']);
      expect(await ids('q=p03')).toEqual(['p03']);
      expect(await ids('q=%25')).toEqual([]);
      expect(await ids('grade=C,AAA')).toEqual(expect.arrayContaining(['c1', 'p03']));
      expect(await ids('hold=new_orders')).toEqual(['c1']);
      expect(await ids('system=crm')).toEqual(['c1']);
      expect(await ids('has_rating=true')).toHaveLength(3);
      expect(await ids('has_rating=false')).toHaveLength(PLAIN - 2);
      expect((await ids('is_overdue=true')).sort()).toEqual(['c1', 'p01']);
      expect(await ids('is_overdue=false')).toHaveLength(PLAIN - 1);
      expect(await ids('min_open=850.50')).toEqual(['c1']);
      expect(await ids('min_open=850.51')).toEqual([]);
      expect(await ids('max_open=0&min_open=0')).toHaveLength(7);
    });

    it.each(['name', 'open_total', 'exposure', 'score', 'grade'])(
      'walks all pages by %s, each customer once, in order',
      async (sort) => {
        for (const direction of ['asc', 'desc']) {
          const whole = await ids(`sort=${sort}&direction=${direction}`);
          expect(new Set(whole).size).toBe(PLAIN + 1);
          for (const limit of [1, 7, 45, 46, 47]) {
            const walked: string[] = [];
            let cursor = '';
            for (let pages = 0; pages < 100; pages++) {
              const { body } = await harness().call(
                'GET',
                `/customers?sort=${sort}&direction=${direction}&limit=${limit}${cursor}`,
                'analyst',
              );
              walked.push(...(body.items as { id: string }[]).map(({ id }) => id));
              if (body.next_cursor === null) break;
              cursor = `&cursor=${String(body.next_cursor)}`;
            }
            expect(walked).toEqual(whole);
          }
        }
      },
    );

    it('sorts by the meaning of the values', async () => {
      expect((await ids('sort=grade')).slice(0, 3)).toEqual(['p03', 'p04', 'c1']);
      expect((await ids('sort=score&direction=desc')).slice(0, 3)).toEqual(['p03', 'c1', 'p04']);
      expect((await ids('sort=open_total&direction=desc'))[0]).toBe('c1');
    });

    it.each(['timeline', 'orders', 'receivables?state=all&'])('walks the pages of %s', async (part) => {
      const query = part.includes('?') ? part : `${part}?`;
      const whole = (await harness().call('GET', `/customers/c1/${query}limit=200`, 'analyst')).body.items as unknown[];
      const walked: unknown[] = [];
      let cursor = '';
      do {
        const { body } = await harness().call('GET', `/customers/c1/${query}limit=1${cursor}`, 'analyst');
        walked.push(...(body.items as unknown[]));
        cursor = body.next_cursor === null ? '' : `&cursor=${String(body.next_cursor)}`;
      } while (cursor !== '');
      expect(walked).toEqual(whole);
      expect(whole.length).toBeGreaterThan(0);
    });

    it('tells the history of ratings', async () => {
      const { body } = await harness().call('GET', '/customers/c1/rating', 'analyst');
      expect(body).toMatchObject({
        current: { version: 2, grade: 'C' },
        history: [{ version: 1, grade: 'A' }],
        next_cursor: null,
      });
    });
  });
}
