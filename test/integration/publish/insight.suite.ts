import type { CustomerClass } from '@syncline/analytics';
import { findings } from './findings';
import type { GatewayHarness } from './gateway.harness';
import { PLAIN } from './sample-data';

/** Value, stage, alerts and class in the API. */
export function insightSuite(harness: () => GatewayHarness): void {
  describe('insight', () => {
    /** In the order of their ids. */
    const ids = async (query: string): Promise<string[]> => {
      const { body } = await harness().call('GET', `/customers?limit=200&${query}`, 'subscriber');
      return (body.items as { id: string }[]).map(({ id }) => id).sort();
    };

    it('shows what the daily evaluation found out', async () => {
      const { body } = await harness().call('GET', '/customers/c1', 'analyst');
      expect(body.insight).toMatchObject({
        as_of: '2026-11-20',
        value: { score: 81.25, level: 'A', weight_present: 0.3 },
        stage: { stage: 'stable', since: '2026-01-31', candidate: null, reason: 'NONE' },
        p_alive: 0.9123,
        rfm: { recency: 5, frequency: 4, monetary: 3 },
        class: { class: 'strategic', by: 'rule', rule: 1, reason: null },
        key_account: true,
        profit: { net_profit: '20980.00', half_years: ['10000.00', '10980.01', null], missing: ['marketing'] },
        purchase_gap: { days: 45, threshold: 38.52 },
        volume: null,
        alerts: [{ rule: 'PURCHASE_GAP', since: '2026-11-14', first: false, evidence: { gapDays: 45 } }],
      });
    });

    it.each(['operator', 'subscriber'] as const)('hides profits from the %s, and nothing else', async (role) => {
      const answer = await harness().call('GET', '/customers/c1', role);
      expect(findings('Customer', answer)).toEqual([]);
      expect(answer.body.insight).toMatchObject({
        value: {
          score: 81.25,
          level: 'A',
          percentiles: expect.not.objectContaining({ gross_profit: expect.anything() }),
        },
        profit: { net_profit: '***', cost_to_serve: '***', half_years: ['***', '***', null], missing: ['marketing'] },
        alerts: [{ rule: 'PURCHASE_GAP', evidence: { gapDays: 45 } }],
      });
      expect(JSON.stringify(answer.body)).not.toMatch(/20980|10000\.00|10980/);
    });

    it('takes a request for an evaluation, once until it is answered', async () => {
      const before = await harness().call('GET', '/insight', 'analyst');
      expect(findings('InsightEvaluation', before)).toEqual([]);
      expect(before.body).toMatchObject({ requested_at: null, waiting: false, last: { as_of: '2026-11-20' } });
      const asked = await harness().call('POST', '/insight/evaluate', 'operator');
      expect([asked.status, asked.body.waiting]).toEqual([202, true]);
      expect(findings('InsightEvaluation', asked)).toEqual([]);
      const again = await harness().call('POST', '/insight/evaluate', 'administrator');
      expect(again.body).toEqual(asked.body);
      const audit = await harness().call('GET', '/audit?limit=1', 'administrator');
      expect(audit.body.items).toMatchObject([{ action: 'POST /insight/evaluate', subject: asked.body.as_of }]);
      expect((await harness().call('POST', '/insight/evaluate', 'analyst')).status).toBe(403);
    });

    it('shows nothing of who was not evaluated', async () => {
      const { body } = await harness().call('GET', '/customers/p00', 'analyst');
      expect(body.insight).toBeNull();
      const list = await harness().call('GET', '/customers?q=p00', 'analyst');
      expect(list.body.items).toMatchObject([{ value_level: null, stage: null, alerts: [] }]);
    });

    it('filters customers by what it found', async () => {
      expect(await ids('level=A')).toEqual(['c1']);
      expect(await ids('level=B')).toEqual([]);
      expect(await ids('stage=stable')).toEqual(['c1']);
      expect(await ids('stage=declining')).toEqual(['p03']);
      expect(await ids('alarm=PURCHASE_GAP')).toEqual(['c1']);
      expect(await ids('alarm=VOLUME_DROP')).toEqual(['p03']);
      expect(await ids('alarm=LOSS_MAKING')).toEqual([]);
      expect(await ids('key_account=true')).toEqual(['c1']);
      expect(await ids('key_account=false')).toEqual([]);
      expect(await ids('class=strategic')).toEqual(['c1']);
      expect(await ids('class=extrinsic_value')).toEqual([]);
      expect(await ids('loss_making=false')).toEqual(['c1', 'p03']);
      expect(await ids('loss_making=true')).toEqual([]);
      expect(await ids('max_p_alive=0.95')).toEqual(['c1', 'p03']);
      expect(await ids('max_p_alive=0.9')).toEqual([]);
      expect(await ids('')).toHaveLength(PLAIN + 1);
      const { body } = await harness().call('GET', '/customers?alarm=VOLUME_DROP', 'analyst');
      expect(body.items).toMatchObject([{ stage: 'declining', alerts: ['VOLUME_DROP', 'DECLINING'] }]);
    });

    it.each([
      ['stage=old', 'one of exploring, growing, stable, declining'],
      ['alarm=ALL', 'one of PURCHASE_GAP, VOLUME_DROP'],
    ])('says what is allowed for %s', async (query, allowed) => {
      const answer = await harness().call('GET', `/customers?${query}`, 'analyst');
      expect([answer.status, answer.body.code]).toEqual([400, 'BAD_QUERY']);
      expect(answer.body.detail).toContain(allowed);
    });

    it('gives the key accounts with the cumulative curve', async () => {
      const { body } = await harness().call('GET', '/key-accounts', 'analyst');
      expect(body).toMatchObject({
        total_profit: '800.00',
        count: 2,
        share: 0.8,
        curve: [{ customers: 1, share: 0.625 }],
      });
    });

    it('lets a person decide on the class, at once and until it is taken back', async () => {
      const classOf = async () => {
        const { body } = await harness().call('GET', '/customers/c1', 'analyst');
        return (body.insight as unknown as { class: unknown }).class;
      };
      const body = { class: 'extrinsic_value', reason: 'asks for advice' };
      const decided = await harness().call('PUT', '/customers/c9/class', 'administrator', body);
      expect(decided.status).toBe(200);
      expect(findings('CustomerClass', decided)).toEqual([]);
      expect(decided.body).toMatchObject({ customer_id: 'c1', class: 'extrinsic_value', reason: 'asks for advice' });
      expect(await ids('class=extrinsic_value')).toEqual(['c1']);
      expect(await classOf()).toEqual({
        class: 'extrinsic_value',
        by: 'person',
        rule: null,
        reason: 'asks for advice',
      });
      const [history] = await harness().store.insight.histories(['c1'], {
        asOf: '2026-11-20',
        since: '2026-01-01',
        consultedSince: '2026-01-01',
      });
      expect(history?.classOverride).toBe('extrinsic_value');
      const audit = await harness().call('GET', '/audit?limit=1', 'administrator');
      expect(audit.body.items).toMatchObject([{ action: 'PUT /customers/{id}/class', subject: 'c1' }]);
      expect((await harness().call('DELETE', '/customers/c1/class', 'administrator')).status).toBe(204);
      expect(await classOf()).toMatchObject({ class: 'strategic', by: 'rule' });
      const again = await harness().call('DELETE', '/customers/c1/class', 'administrator');
      expect([again.status, again.body.code]).toEqual([404, 'CLASS_NOT_FOUND']);
    });

    it('takes the class that was decided for a merged customer for its survivor, until it has one of its own', async () => {
      const { queries, store } = harness();
      const decided = (customerId: string, of: CustomerClass) =>
        queries.insights.saveClassOverride({
          customerId,
          class: of,
          reason: 'x',
          decidedBy: 'key:a',
          decidedAt: '2026-11-01T00:00:00.000Z',
        });
      const days = { asOf: '2026-11-20', since: '2026-01-01', consultedSince: '2026-01-01' };
      const evaluated = async () => (await store.insight.histories(['c1'], days))[0]?.classOverride;
      await decided('c9', 'extrinsic_value');
      expect(await evaluated()).toBe('extrinsic_value');
      const { body } = await harness().call('GET', '/customers/c1', 'analyst');
      expect(body.insight).toMatchObject({ class: { class: 'extrinsic_value', by: 'person' } });
      await decided('c1', 'intrinsic_value');
      expect(await evaluated()).toBe('intrinsic_value');
      const takeBack = async () => (await harness().call('DELETE', '/customers/c1/class', 'administrator')).status;
      expect([await takeBack(), await evaluated()]).toEqual([204, 'extrinsic_value']);
      expect([await takeBack(), await evaluated()]).toEqual([204, null]);
      expect(await takeBack()).toBe(404);
    });

    it('refuses a class that there is not, and customers that there are not', async () => {
      const bad = await harness().call('PUT', '/customers/c1/class', 'administrator', { class: 'best', reason: 'x' });
      expect([bad.status, bad.body.code]).toEqual([400, 'BAD_BODY']);
      const body = { class: 'strategic', reason: 'x' };
      const unknown = await harness().call('PUT', '/customers/nobody/class', 'administrator', body);
      expect([unknown.status, unknown.body.code]).toEqual([404, 'CUSTOMER_NOT_FOUND']);
      expect((await harness().call('PUT', '/customers/c1/class', 'analyst', body)).status).toBe(403);
    });
  });
}
