import { findings } from './findings';
import type { Answer, GatewayHarness } from './gateway.harness';
import { PHONE, STREET } from './sample-data';

/** Explanations, and what whom is not shown. */
export function explainSuite(harness: () => GatewayHarness): void {
  describe('explain', () => {
    const explain = async (path: string): Promise<Answer> =>
      harness().call('GET', `/customers/c1/explain?path=${encodeURIComponent(path)}`, 'analyst');

    it('goes from a bucket to the source offset and the mapping', async () => {
      const { body } = await explain('receivables.aging.31-60');
      expect(body).toMatchObject({
        value: [{ currency: 'CNY', amount: '900.50' }],
        documents: [
          {
            type: 'invoice',
            key: 'i1',
            amount: '900.50',
            records: [
              {
                kind: 'receivable_item',
                topic: 'erp.public.move_line',
                partition: 0,
                offset: 41,
                mapping: 'tryton-erp@1',
              },
              { kind: 'posting', offset: 40 },
            ],
          },
        ],
        documents_total: 1,
      });
    });

    it.each([
      ['attributes.phone', PHONE, 'survivorship: priority'],
      ['rating.grade', 'C', 'policy default version 1'],
      ['rating.term', 30, 'policy default version 1'],
      ['rating.features.pay_index', '55.5', 'policy default version 1'],
    ])('tells the value and the rule of %s', async (path, value, rule) => {
      const { status, body } = await explain(path);
      expect([status, body.value, body.rule]).toEqual([200, value, rule]);
    });

    it('shows the records behind an attribute and an order', async () => {
      expect(JSON.stringify((await explain('attributes.phone')).body.documents)).toContain('"kind":"contact"');
      const orders = JSON.stringify((await explain('orders.open')).body.documents);
      for (const kind of ['order', 'order_line', 'delivery']) expect(orders).toContain(`"kind":"${kind}"`);
    });

    it.each(['colour', 'attributes.colour', 'rating.features.colour'])(
      'says what there is instead of %s',
      async (path) => {
        const { status, body } = await explain(path);
        expect([status, body.code]).toEqual([400, 'EXPLAIN_PATH']);
      },
    );
  });

  describe('privacy', () => {
    it('masks personal data for subscribers, everywhere they may read', async () => {
      const paths = [
        '/customers/c1',
        '/customers/c9',
        '/customers',
        '/customers/c1/receivables',
        '/customers/c1/orders',
        '/customers/c1/timeline',
        '/customers/c1/rating',
      ];
      const texts = await Promise.all(
        paths.map(async (path) => (await harness().call('GET', path, 'subscriber')).text),
      );
      for (const secret of [PHONE, STREET, '王小明', '91440300MA5EYUFQ5X']) expect(texts.join()).not.toContain(secret);
      expect(texts[0]).toContain('深圳');
      const seen = (await harness().call('GET', '/customers/c1', 'analyst')).text;
      for (const secret of [PHONE, STREET, '王小明']) expect(seen).toContain(secret);
    });

    it('shows the bytes of a dead letter to operators alone', async () => {
      const forOperator = await harness().call('GET', '/dead-letters/erp.sale/0/7', 'operator');
      expect(forOperator.body).toMatchObject({
        key_base64: Buffer.from('k').toString('base64'),
        value_base64: Buffer.from('{').toString('base64'),
        headers: { 'content-type': 'application/json' },
      });
      const forAdministrator = await harness().call('GET', '/dead-letters/erp.sale/0/7', 'administrator');
      expect(forAdministrator.text).not.toMatch(/base64|headers/);
      const preview = async (role: 'operator' | 'administrator') =>
        (await harness().call('POST', '/dead-letters/replay?dry_run=true', role, { ids: ['erp.sale/0/7'] })).text;
      expect(await preview('operator')).toContain(PHONE.slice(0, 4));
      expect(await preview('administrator')).not.toContain('preview');
    });

    it('shows no key, no hash and no trace of an unexpected error', async () => {
      const { text } = await harness().call('GET', '/api-keys', 'administrator');
      expect(text).not.toContain('hash');
      for (const key of Object.values(harness().keys)) expect(text).not.toContain(key);
      const spy = jest.spyOn(harness().queries.customers, 'find').mockRejectedValueOnce(new Error(`secret ${PHONE}`));
      const broken = await harness().call('GET', '/customers/c1', 'analyst');
      spy.mockRestore();
      expect([broken.status, broken.body.code, broken.body.detail]).toEqual([500, 'INTERNAL', 'The request failed.']);
      expect(broken.text).not.toContain(PHONE);
      expect(findings('Problem', broken)).toEqual([]);
    });
  });
}
