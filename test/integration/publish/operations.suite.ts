import { findings } from './findings';
import type { GatewayHarness } from './gateway.harness';

/** Connectors, dead letters, deliveries, ingest, identity, keys, health and metrics. */
export function operationsSuite(harness: () => GatewayHarness): void {
  describe('operations', () => {
    it('speaks the connectors API', async () => {
      expect((await harness().call('GET', '/connectors', 'operator')).body).toEqual(['erp', 'u8']);
      const { body } = await harness().call('GET', '/connectors?expand=status&expand=info', 'operator');
      expect(body).toMatchObject({
        erp: { status: { type: 'source' }, info: { config: { password: '${env:ERP}' } } },
        u8: { status: { connector: { state: 'DEGRADED' } } },
      });
      expect((await harness().call('PUT', '/connectors/erp/pause', 'operator')).status).toBe(202);
      expect((await harness().call('GET', '/connectors/erp/status', 'operator')).body).toMatchObject({
        connector: { state: 'PAUSED' },
        tasks: [{ id: 0, state: 'PAUSED', worker_id: 'test:1' }],
      });
      expect((await harness().call('PUT', '/connectors/erp/resume', 'operator')).status).toBe(202);
      expect((await harness().call('PUT', '/connectors/erp/stop', 'operator')).status).toBe(204);
      expect(
        (await harness().call('POST', '/connectors/erp/restart?includeTasks=true&onlyFailed=true', 'operator')).status,
      ).toBe(202);
      expect(harness().connectors.calls).toEqual([
        'pause erp',
        'resume erp',
        'stop erp',
        'restart erp {"includeTasks":true,"onlyFailed":true}',
      ]);
      expect((await harness().call('GET', '/connectors/erp/offsets', 'operator')).body.offsets).toMatchObject([
        { lag: 10 },
        { lag: null },
      ]);
      expect((await harness().call('PUT', '/connectors/nobody/pause', 'operator')).body.code).toBe(
        'CONNECTOR_NOT_FOUND',
      );
      for (const [method, url] of [
        ['POST', '/connectors'],
        ['DELETE', '/connectors/erp'],
        ['PUT', '/connectors/erp/config'],
      ]) {
        const answer = await harness().call(method, url, 'operator', method === 'DELETE' ? undefined : {});
        expect([answer.status, answer.body.code]).toEqual([405, 'CONFIG_IS_FILES']);
      }
    });

    it('lists, pages, replays and discards dead letters', async () => {
      const first = await harness().call('GET', '/dead-letters?limit=1&status=open', 'operator');
      expect(first.body.items).toMatchObject([{ id: 'erp.sale/0/8', class: 'value' }]);
      const second = await harness().call(
        'GET',
        `/dead-letters?limit=1&status=open&cursor=${String(first.body.next_cursor)}`,
        'operator',
      );
      expect(second.body).toMatchObject({ items: [{ id: 'erp.sale/0/7' }], next_cursor: null });
      expect((await harness().call('GET', '/dead-letters?class=parse', 'operator')).body.items).toHaveLength(1);
      expect((await harness().call('GET', '/dead-letters/erp.sale/0/99', 'operator')).body.code).toBe(
        'DEAD_LETTER_NOT_FOUND',
      );
      expect(
        (await harness().call('POST', '/dead-letters/replay', 'operator', { ids: ['erp.sale/0/7'] })).body,
      ).toMatchObject({ dry_run: false, results: [{ outcome: 'replayed' }] });
      expect((await harness().call('POST', '/dead-letters/replay', 'operator', {})).body.code).toBe('BAD_BODY');
      expect(
        (await harness().call('POST', '/dead-letters/discard', 'operator', { ids: ['erp.sale/0/7'] })).body,
      ).toEqual({ discarded: ['erp.sale/0/7'] });
    });

    it('retries deliveries and shows what waits', async () => {
      const retried = await harness().call('POST', '/deliveries/retry', 'operator', {
        deliveries: [{ target: 'u8', account: 'a1' }],
      });
      expect([retried.status, retried.body]).toEqual([202, { retried: 1 }]);
      expect((await harness().call('GET', '/deliveries?target=u8&state=due', 'analyst')).body.items).toMatchObject([
        { account: 'a1', customer_id: 'c1' },
      ]);
      expect((await harness().call('GET', '/deliveries?state=lost', 'analyst')).body.code).toBe('BAD_QUERY');
      const waiting = (await harness().call('GET', '/waiting', 'analyst')).body.items;
      expect(waiting).toContainEqual({
        system: 'erp',
        kind: 'order_line',
        reference: 'order',
        to: 'order',
        required: true,
        count: 1,
        examples: [{ key: 'l7', waits_for: 'not-come' }],
      });
    });

    it('takes events as the bytes they are', async () => {
      const taken = await harness().call(
        'POST',
        '/ingest/erp',
        'operator',
        '{"amount": 12345678901234567890.10}\n{"b":2}\n',
      );
      expect([taken.status, taken.body]).toEqual([202, { accepted: 2, ignored: 0, failed: 0 }]);
      expect(harness().door.events).toEqual(['{"amount": 12345678901234567890.10}', '{"b":2}']);
      expect((await harness().call('POST', '/ingest/erp', 'operator', [{ c: 3 }])).body).toMatchObject({ accepted: 1 });
      expect((await harness().call('POST', '/ingest/erp', 'operator', { c: 3 })).body.code).toBe('BAD_BODY');
      expect((await harness().call('POST', '/ingest/other', 'operator', '{}')).status).toBe(404);
      const behind = await harness().call('POST', '/ingest/behind', 'operator', '{}');
      expect([behind.status, behind.body.retryable, behind.headers['retry-after']]).toEqual([429, true, '5']);
    });

    it('erases what is personal of a customer, for administrators, with an entry that says how much', async () => {
      const reason = { reason: 'request 17' };
      const { call } = { call: harness().call.bind(harness()) };
      expect((await call('POST', '/customers/p02/erase', 'operator', reason)).status).toBe(403);
      expect((await call('POST', '/customers/p02/erase', 'administrator', {})).status).toBe(400);
      const erased = await call('POST', '/customers/p02/erase', 'administrator', reason);
      expect([erased.status, findings('Erasure', erased)]).toEqual([200, []]);
      expect(erased.body).toMatchObject({ customer_id: 'p02', accounts: 1 });
      const { body } = await call('GET', '/audit?subject=p02', 'operator');
      expect(body.items).toMatchObject([{ action: 'POST /customers/{id}/erase', details: { after: { accounts: 1 } } }]);
    });

    it('merges, splits and takes decisions back', async () => {
      const merged = await harness().call('POST', '/customers/merge', 'administrator', {
        a: 'c1',
        b: 'p00',
        reason: 'same company',
      });
      expect(merged.body.decisions).toMatchObject([
        { id: 'd1', verdict: 'same', a: { system: 'crm', key: 'x1' }, b: { system: 'erp', key: 'a-p00' } },
      ]);
      const split = await harness().call('POST', '/customers/c1/split', 'administrator', {
        account: { system: 'crm', key: 'x1' },
        reason: 'other company',
      });
      expect([split.status, split.body.decisions]).toMatchObject([202, [{ id: 'd2', verdict: 'different' }]]);
      expect((await harness().call('DELETE', '/identity-decisions/d2', 'administrator')).body).toMatchObject({
        id: 'd2',
        revoked_at: '2026-11-20T08:00:00.000Z',
      });
      expect((await harness().call('DELETE', '/identity-decisions/d2', 'administrator')).body.code).toBe(
        'DECISION_NOT_FOUND',
      );
      expect(
        (await harness().call('POST', '/customers/merge', 'administrator', { a: 'c1', b: 'c9', reason: 'x' })).body
          .code,
      ).toBe('BAD_BODY');
      expect(
        (
          await harness().call('POST', '/customers/p00/split', 'administrator', {
            account: { system: 'crm', key: 'x1' },
            reason: 'x',
          })
        ).body.code,
      ).toBe('ACCOUNT_NOT_FOUND');
      expect((await harness().call('POST', '/customers/c1/split', 'administrator', { reason: 'x' })).body.code).toBe(
        'BAD_BODY',
      );
    });

    it('makes keys that work until they are revoked, and audits every change', async () => {
      const made = await harness().call('POST', '/api-keys', 'administrator', { name: 'shop', role: 'subscriber' });
      const key = String(made.body.key);
      expect([made.status, key]).toEqual([201, expect.stringMatching(/^syk_/)]);
      expect((await harness().call('GET', '/me', { key })).body).toEqual({
        key_id: made.body.id,
        name: 'shop',
        role: 'subscriber',
      });
      expect((await harness().call('DELETE', `/api-keys/${String(made.body.id)}`, 'administrator')).status).toBe(204);
      expect((await harness().call('GET', '/me', { key })).body.code).toBe('KEY_REFUSED');
      expect((await harness().call('DELETE', `/api-keys/${String(made.body.id)}`, 'administrator')).body.code).toBe(
        'API_KEY_NOT_FOUND',
      );
      expect(
        (await harness().call('POST', '/api-keys', 'administrator', { name: 'x', role: 'king' })).body.detail,
      ).toContain('operator, administrator');
      const expired = await harness().call('POST', '/api-keys', 'administrator', {
        name: 'old',
        role: 'analyst',
        expires_at: '2026-11-20T07:59:59Z',
      });
      expect((await harness().call('GET', '/me', { key: String(expired.body.key) })).status).toBe(401);
      const audit = await harness().call('GET', '/audit?limit=200', 'operator');
      const actions = (audit.body.items as { action: string }[]).map(({ action }) => action);
      for (const action of [
        'POST /api-keys',
        'DELETE /api-keys/{id}',
        'POST /customers/merge',
        'PUT /connectors/{name}/pause',
        'POST /ingest/{system}',
        'POST /deliveries/retry',
      ]) {
        expect(actions).toContain(action);
      }
      expect(audit.text).not.toContain(key);
    });

    it('is ready only while every part works', async () => {
      harness().healthFailure = new Error('connect postgres://user:secret@host');
      const down = await harness().call('GET', '/health/ready', null);
      harness().healthFailure = undefined;
      expect([down.status, down.body]).toEqual([
        503,
        {
          status: 'down',
          parts: { store: { status: 'up' }, log: { status: 'down', code: 'UNREACHABLE', message: expect.any(String) } },
        },
      ]);
      expect(down.text).not.toContain('secret');
      expect((await harness().call('GET', '/health/ready', null)).status).toBe(200);
    });

    it('shows metrics as Prometheus text', async () => {
      const { text, headers } = await harness().call('GET', '/metrics', null);
      expect(headers['content-type']).toContain('text/plain');
      expect(text).toContain(
        'syncline_group_lag_messages{group="syncline.ingest",topic="erp.public.party_party",partition="0",role="gateway"} 10',
      );
      expect(text).toContain('topic="erp.public.sale_sale",partition="0",role="gateway"} -1');
      expect(text).toContain('syncline_deliveries{target="u8",state="due",role="gateway"} 1');
      expect(text).toMatch(/syncline_delivery_oldest_unconfirmed_seconds{target="u8",role="gateway"} 25200/);
      expect(text).toContain(
        'syncline_dead_letters{system="erp",stage="ingest",class="parse",status="open",role="gateway"} 1',
      );
    });
  });
}
