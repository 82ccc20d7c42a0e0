import fc from 'fast-check';
import { GatewayHarness, type TemporaryStoreFactory } from './gateway.harness';
import { seed } from './sample-data';

/** What people write in free text: it never stands in the audit. */
const WRITTEN = '王小明 from the street of plums';

interface Change {
  id: number;
  actor: string;
  role: string;
  action: string;
  subject: string;
  details: { before?: unknown; after?: unknown };
}

interface Verdict {
  entries: number;
  intact: boolean;
  broken: { id: number; problem: string } | null;
  head: { id: number; hash: string } | null;
}

/** The audit on one kind of store. */
export function auditSuite(store: TemporaryStoreFactory): void {
  describe('the audit', () => {
    let gateway: GatewayHarness;

    beforeAll(async () => {
      gateway = await GatewayHarness.start(store);
      await seed(gateway.store);
    });

    afterAll(() => gateway.stop());

    const last = async (): Promise<Change> => {
      const { items } = (await gateway.call('GET', '/audit?limit=1', 'operator')).body;
      return (items as Change[])[0];
    };
    const verify = async (query = ''): Promise<Verdict> =>
      (await gateway.call('GET', `/audit/verify${query}`, 'operator')).body as unknown as Verdict;
    const made = async (url: string, body: object): Promise<string> =>
      String((await gateway.call('POST', url, 'administrator', body)).body.id);

    const state = (before: string, after: string) => ({ before: { state: before }, after: { state: after } });

    it.each<[string, string, object | undefined, object]>([
      ['PUT', '/connectors/erp/pause', {}, state('RUNNING', 'PAUSED')],
      ['PUT', '/connectors/erp/resume', {}, state('PAUSED', 'RUNNING')],
      ['PUT', '/connectors/erp/stop', {}, state('RUNNING', 'RUNNING')],
      ['POST', '/connectors/erp/restart', {}, state('RUNNING', 'RUNNING')],
      ['POST', '/dead-letters/replay', { ids: ['erp.sale/0/7'] }, { ids: ['erp.sale/0/7'] }],
      ['POST', '/dead-letters/replay?dry_run=true', { ids: ['erp.sale/0/7'] }, {}],
      ['POST', '/dead-letters/discard', { ids: ['erp.sale/0/7'] }, { discarded: ['erp.sale/0/7'] }],
      ['POST', '/deliveries/retry', { deliveries: [{ target: 'u8', account: 'a1' }] }, { retried: 1 }],
      ['POST', '/ingest/erp', [{ name: WRITTEN }], { accepted: 1 }],
      [
        'POST',
        '/customers/merge',
        { a: 'c1', b: 'p00', reason: WRITTEN },
        { before: null, after: { verdict: 'same' } },
      ],
      [
        'POST',
        '/customers/c1/split',
        { account: { system: 'crm', key: 'x1' }, reason: WRITTEN },
        { before: null, after: { verdict: 'different' } },
      ],
      ['DELETE', '/identity-decisions/d2', undefined, { before: { verdict: 'different' }, after: null }],
      ['PUT', '/customers/c1/class', { class: 'strategic', reason: WRITTEN }, { after: { class: 'strategic' } }],
      ['PUT', '/customers/c1/class', { class: 'intrinsic_value', reason: WRITTEN }, { before: { class: 'strategic' } }],
      ['DELETE', '/customers/c1/class', undefined, { before: { class: 'intrinsic_value' }, after: null }],
      ['POST', '/api-keys', { name: 'shop', role: 'subscriber' }, { after: { name: 'shop', role: 'subscriber' } }],
    ])('has an entry of %s %s with what was before and after', async (method, url, body, details) => {
      const { status } = await gateway.call(method, url, 'administrator', body);
      expect(status).toBeLessThan(300);
      const change = await last();
      expect(change).toMatchObject({
        role: 'administrator',
        actor: expect.stringContaining('test administrator'),
        details,
      });
      expect(`${method} ${url.replace(/\?.*/, '')}`).toMatch(
        new RegExp(`^${change.action.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      );
      expect(JSON.stringify(change)).not.toContain(WRITTEN);
    });

    it('says of keys what they were and became, and nothing from which one could be found', async () => {
      const id = await made('/api-keys', { name: 'rotated', role: 'analyst' });
      const { body } = await gateway.call('POST', `/api-keys/${id}/rotate`, 'administrator', { overlap_hours: 1 });
      expect((await last()).details).toMatchObject({ before: { name: 'rotated' }, after: { id: body.id } });
      await gateway.call('DELETE', `/api-keys/${String(body.id)}`, 'administrator');
      expect((await last()).details).toMatchObject({ before: { revoked_at: null }, after: { role: 'analyst' } });
      expect((await gateway.call('GET', '/audit?limit=200', 'operator')).text).not.toContain(String(body.key));
    });

    it('stays whole, whoever writes at once and whatever they write', async () => {
      const entry = fc.record({
        at: fc.constant('2026-11-20T08:00:00.000Z'),
        actor: fc.string({ unit: 'binary', maxLength: 250 }),
        role: fc.constant('operator'),
        action: fc.constant('POST /things'),
        subject: fc.string({ unit: 'binary', maxLength: 450 }),
        details: fc.dictionary(fc.string(), fc.jsonValue()),
        trace: fc.string(),
      });
      const before = await verify();
      const entries = fc.sample(entry, { numRuns: 40, seed: 7 });
      await Promise.all(entries.map((each) => gateway.queries.audit.append(each)));
      expect(await verify()).toMatchObject({ intact: true, broken: null, entries: before.entries + 40 });
      expect(await verify(`?expect=${before.head!.id}:${before.head!.hash}`)).toMatchObject({ intact: true });
    });

    it('shows an entry that was changed, removed or cut off', async () => {
      const { head, entries } = await verify();
      const { dialect } = gateway.store;
      const run = (sql: string, params: (string | number)[]) => dialect.transaction((tx) => tx.execute(sql, params));
      const [{ subject }] = await dialect.reader.query<{ subject: string }>(
        'SELECT subject FROM audit_log WHERE id = ?',
        [3],
      );
      await run('UPDATE audit_log SET subject = ? WHERE id = ?', ['somebody else', 3]);
      expect((await verify()).broken).toEqual({ id: 3, problem: 'altered' });
      await run('UPDATE audit_log SET subject = ? WHERE id = ?', [subject, 3]);
      expect(await verify()).toMatchObject({ intact: true, entries });
      await run('DELETE FROM audit_log WHERE id = ?', [head!.id]);
      expect((await verify()).intact).toBe(true);
      expect((await verify(`?expect=${head!.id}:${head!.hash}`)).broken).toEqual({
        id: head!.id,
        problem: 'not_as_noted',
      });
      await run('UPDATE audit_log SET hash = NULL, previous_hash = NULL WHERE id = ?', [4]);
      expect((await verify()).broken).toEqual({ id: 4, problem: 'unsealed' });
      await run('DELETE FROM audit_log WHERE id = ?', [4]);
      expect((await verify()).broken).toEqual({ id: 5, problem: 'does_not_follow' });
    });
  });
}
