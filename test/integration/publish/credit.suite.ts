import { creditPolicyOf } from '@syncline/credit';
import type { RatingDerivation } from '@syncline/model';
import { policyDigest, type StoredPolicy } from '@syncline/pipeline/rate';
import { anOverride, aRating, aStoredPolicy, shippedPolicyFile } from '@syncline/testing';
import { findings } from './findings';
import type { Answer, GatewayHarness } from './gateway.harness';

const { text, file } = shippedPolicyFile();
const stricter = text.replace('version: 1', 'version: 2').replace('max_grade: B', 'max_grade: C');

const stored = (of: string, over: Partial<StoredPolicy> = {}): StoredPolicy => {
  const policy = creditPolicyOf(of, file);
  const { id, version, effectiveFrom } = policy.policy;
  return aStoredPolicy({ digest: policyDigest(policy), id, version, effectiveFrom, text: of, file, ...over });
};

const aDerivation: RatingDerivation = {
  byScore: 'A',
  byReview: 'A',
  byRules: 'B',
  inCure: true,
  proposedLimit: '120000',
  bounds: { need: '123456.78', grade_cap: '2000000', collections: null },
  bound: 'limit_change',
  overrides: [],
};

/** Overrides, policies and explanations of ratings. */
export function creditSuite(harness: () => GatewayHarness): void {
  describe('credit', () => {
    const call = (method: string, url: string, as: 'analyst' | 'administrator' | 'operator', body?: unknown) =>
      harness().call(method, url, as, body);
    const codeOf = ({ status, body }: Answer) => [status, body.code];
    const due = () => harness().store.rate.dueForEvaluation('2026-11-20', 100);

    beforeAll(async () => {
      const { policies, rate } = harness().store;
      await policies.save(stored(text, { registeredAt: '2026-01-01T00:00:00.000Z' }));
      await rate.transact(null, async (tx) => {
        const features = { pay_index: '72', max_dpd_open: '50', overdue_ratio: '0.1' };
        const rating = {
          policy: 'default-trade-credit',
          policyVersion: 1,
          limit: '100000',
          features,
          derivation: aDerivation,
        };
        const reasons = [{ code: 'H06_OLDEST_30', text: 'Hard rule.' }];
        await tx.saveRatings([aRating({ ...rating, customerId: 'p10', grade: 'B', score: '75.1604', reasons })]);
        await tx.markEvaluated(await harness().store.rate.ratedCustomers(100), '2026-11-20');
      });
    });

    it('explains a rating: features, steps, bound, rules, documents and a sentence', async () => {
      const answer = await call('GET', '/customers/p10/rating/explain', 'analyst');
      expect([answer.status, findings('RatingExplanation', answer)]).toEqual([200, []]);
      expect(answer.body).toMatchObject({
        customer_id: 'p10',
        rating: { grade: 'B', policy_version: 1 },
        grade_steps: [
          { step: 'score', grade: 'A' },
          { step: 'cure', grade: 'B' },
        ],
        limit: { granted: '100000', bound: 'limit_change', proposed: '120000', bounds: { need: '123456.78' } },
        rules: [{ code: 'H06_OLDEST_30', facts: { max_dpd_open: '50' } }],
        sentence: {
          en: expect.stringContaining('Your payment term is 30 days and your credit limit is CNY 100,000.'),
          zh: expect.stringContaining('贵公司的账期为 30 天'),
        },
      });
      const features = answer.body.features as unknown as { feature: string; points: number | null; weight: number }[];
      expect(features.find(({ feature }) => feature === 'pay_index')).toMatchObject({ points: 76, weight: 30 });
      expect(features.find(({ feature }) => feature === 'external')).toMatchObject({ value: null, points: null });
    });

    it('names the documents behind it', async () => {
      await harness().store.rate.transact(null, (tx) =>
        tx.saveRatings([aRating({ version: 3, policy: 'default-trade-credit', grade: 'C' })]),
      );
      const { body } = await call('GET', '/customers/c1/rating/explain', 'administrator');
      expect(body.documents).toMatchObject({
        open: { total: 2, shown: expect.arrayContaining([expect.objectContaining({ key: 'i1', amount: '900.50' })]) },
        paid: { total: 1, shown: [{ key: 'i2', amount: '600.00' }] },
        sales: { total: 2 },
        orders: { total: 1, shown: [{ type: 'order', amount: '400.00' }] },
      });
      expect(codeOf(await call('GET', '/customers/p00/rating/explain', 'analyst'))).toEqual([404, 'RATING_NOT_FOUND']);
      expect(codeOf(await call('GET', '/customers/p03/rating/explain', 'analyst'))).toEqual([404, 'POLICY_NOT_FOUND']);
    });

    it('answers with the rating of a past day, as it was known', async () => {
      const version = async (query: string) => {
        const { body } = await call('GET', `/customers/c1/rating?${query}`, 'analyst');
        return (body.current as unknown as { version: number } | undefined)?.version ?? body.code;
      };
      expect(await version('as_of=2026-10-15')).toBe(1);
      expect(await version('known_at=2026-10-02T00:00:00Z')).toBe(1);
      expect(await version('as_of=2026-09-30')).toBe('RATING_NOT_FOUND');
      expect(await version('known_at=yesterday')).toBe('BAD_QUERY');
    });

    describe('overrides', () => {
      const proposal = {
        kind: 'override',
        limit: '130000.50',
        reason: 'bank guarantee of 张三',
        attachment: 'DMS-17',
        valid_to: '2027-01-31',
      };
      const propose = (body: object, as: 'analyst' | 'administrator' = 'analyst') =>
        call('POST', '/customers/p10/overrides', as, body);

      it('need a second person, and then have the customer rated again', async () => {
        const made = await propose(proposal);
        expect([made.status, findings('Override', made)]).toEqual([201, []]);
        expect(made.body).toMatchObject({
          customer_id: 'p10',
          status: 'proposed',
          limit: '130000.5',
          valid_from: '2026-11-20',
          proposed_by: 'test analyst',
          decided_by: null,
        });
        const id = String(made.body.id);
        expect((await call('GET', '/overrides', 'operator')).body.items).toMatchObject([{ id }]);
        expect(await due()).toEqual([]);
        expect(codeOf(await call('POST', `/overrides/${id}/approve`, 'analyst'))).toEqual([
          403,
          'OVERRIDE_SAME_PERSON',
        ]);
        const approved = await call('POST', `/overrides/${id}/approve`, 'administrator');
        expect(approved.body).toMatchObject({ status: 'approved', decided_by: 'test administrator' });
        expect(await due()).toEqual(['p10']);
        expect(codeOf(await call('POST', `/overrides/${id}/reject`, 'analyst'))).toEqual([409, 'OVERRIDE_DECIDED']);
        const revoked = await call('POST', `/overrides/${id}/revoke`, 'analyst');
        expect(revoked.body).toMatchObject({ status: 'revoked', revoked_by: 'test analyst' });
        expect(codeOf(await call('POST', `/overrides/${id}/revoke`, 'analyst'))).toEqual([409, 'OVERRIDE_DECIDED']);
        expect((await call('GET', '/customers/p10/overrides', 'analyst')).body.items).toMatchObject([{ id }]);
      });

      it('are refused with everything that the policy has against them', async () => {
        const refused = await propose({ kind: 'override', grade: 'AAA', valid_to: '2028-01-01' });
        expect(codeOf(refused)).toEqual([422, 'OVERRIDE_REFUSED']);
        for (const code of ['REASON_MISSING', 'ATTACHMENT_MISSING', 'TOO_LONG', 'TOO_FAR_UP'])
          expect(refused.body.detail).toContain(code);
        expect(refused.body.where).toBe('reason, attachment, validTo, grade');
        expect(codeOf(await propose({ ...proposal, limit: 130000 }))).toEqual([400, 'BAD_BODY']);
        expect(codeOf(await propose({ ...proposal, kind: 'wish' }))).toEqual([400, 'BAD_BODY']);
        const unrated = await call('POST', '/customers/p00/overrides', 'analyst', proposal);
        expect(codeOf(unrated)).toEqual([404, 'RATING_NOT_FOUND']);
        expect(codeOf(await call('POST', '/overrides/none/approve', 'analyst'))).toEqual([404, 'OVERRIDE_NOT_FOUND']);
      });

      it('act at once when they hold, or change the limit little', async () => {
        const hold = await propose({ kind: 'hold', hold: 'all', reason: 'asked for by the board' });
        expect(hold.body).toMatchObject({ status: 'approved', valid_to: null, decided_by: 'test analyst' });
        expect((await propose({ ...proposal, limit: '105000' })).body.status).toBe('approved');
        const taken = await propose({ ...proposal, kind: 'temporary_limit' });
        expect(taken.body.status).toBe('proposed');
        const back = await call('POST', `/overrides/${String(taken.body.id)}/reject`, 'analyst');
        expect(back.body).toMatchObject({ status: 'rejected', decided_by: 'test analyst' });
      });

      it('may be a limit that a group shares, which needs a second person and no end', async () => {
        const made = await propose({ ...proposal, kind: 'group_limit', limit: '90000000', valid_to: undefined });
        expect([made.status, findings('Override', made)]).toEqual([201, []]);
        expect(made.body).toMatchObject({ kind: 'group_limit', status: 'proposed', valid_to: null });
        const approved = await call('POST', `/overrides/${String(made.body.id)}/approve`, 'administrator');
        expect(approved.body).toMatchObject({ status: 'approved' });
        const group = { parent: 'p10', limit: '90000000', othersExposure: '12.5', others: 1 };
        const derivation = { ...aDerivation, bound: 'group', group };
        await harness().store.rate.transact(null, (tx) =>
          tx.saveRatings([
            aRating({ customerId: 'p11', version: 9, policy: 'default-trade-credit', grade: 'C', derivation }),
          ]),
        );
        const explained = await call('GET', '/customers/p11/rating/explain', 'analyst');
        expect(findings('RatingExplanation', explained)).toEqual([]);
        expect(explained.body.limit).toMatchObject({
          bound: 'group',
          group: { parent: 'p10', limit: '90000000', others_exposure: '12.5', others: 1 },
        });
      });

      it('that were decided for a merged customer lie over its survivor, which says whose they are', async () => {
        const { overrides, rate } = harness().store;
        const temporary = anOverride({ id: 'of c9', customerId: 'c9', kind: 'temporary_limit', status: 'proposed' });
        await overrides.add({ ...temporary, limit: '310000', decidedBy: null, decidedAt: null });
        const approved = await call('POST', '/overrides/of%20c9/approve', 'administrator');
        expect(approved.body).toMatchObject({ customer_id: 'c9', status: 'approved' });
        expect(await due()).toContain('c1');
        const derivation = { ...aDerivation, overrides: ['of c9'] };
        await rate.transact(null, (tx) =>
          tx.saveRatings([aRating({ version: 9, policy: 'default-trade-credit', grade: 'C', derivation })]),
        );
        const theirs = [{ id: 'of c9', customer_id: 'c9' }];
        expect((await call('GET', '/customers/c1/overrides', 'analyst')).body.items).toMatchObject(theirs);
        expect((await call('GET', '/customers/c1/rating/explain', 'analyst')).body.overrides).toMatchObject(theirs);
      });

      it('stand in the audit without what people wrote', async () => {
        const { body, text: written } = await call('GET', '/audit?subject=p10&limit=200', 'operator');
        const actions = (body.items as unknown as { action: string }[]).map(({ action }) => action);
        for (const action of [
          'POST /customers/{id}/overrides',
          'POST /overrides/{id}/approve',
          'POST /overrides/{id}/revoke',
        ])
          expect(actions).toContain(action);
        expect(written).not.toContain('张三');
      });
    });

    describe('policies', () => {
      it('show who would move, and change nothing', async () => {
        const answer = await call('POST', '/policy/diff', 'analyst', { policy: stricter, moves: 3 });
        expect([answer.status, findings('PolicyDiff', answer)]).toEqual([200, []]);
        const { customers, moved, worse, moves, grades } = answer.body as unknown as {
          customers: number;
          moved: number;
          worse: number;
          grades: Record<string, Record<string, number>>;
          moves: { from: { grade: string }; to: { grade: string }; direction: string }[];
        };
        expect([customers, moved, worse]).toEqual([46, 46, 46]);
        expect(grades).toEqual({ B: { C: 46 } });
        expect(moves).toHaveLength(3);
        expect(moves[0]).toMatchObject({ from: { grade: 'B' }, to: { grade: 'C' }, direction: 'worse' });
        const same = await call('POST', '/policy/diff', 'analyst', { policy: stricter, base: stricter });
        expect(same.body).toMatchObject({ customers: 46, moved: 0, moves: [], exposure: '0' });
      });

      it('say what is wrong in a candidate, line by line', async () => {
        const wrong = await call('POST', '/policy/diff', 'analyst', { policy: text.replace('cap: D', 'cap: E') });
        expect(codeOf(wrong)).toEqual([422, 'POLICY_INVALID']);
        expect(wrong.body.detail).toMatch(/^policy:\d+:\d+: hard_rules\[0\]\.cap: unknown grade E/);
        expect(codeOf(await call('POST', '/policy/diff', 'analyst', {}))).toEqual([400, 'BAD_BODY']);
      });

      it('wait for an administrator when they move too many', async () => {
        const waiting = stored(stricter, {
          status: 'waiting',
          registeredAt: '2026-11-20T07:00:00.000Z',
          impact: { asOf: '2026-11-20', customers: 46, moved: 46, better: 0, worse: 46 },
        });
        await harness().store.policies.save(waiting);
        const list = await call('GET', '/policies', 'operator');
        expect(findings('Policies', list)).toEqual([]);
        expect(list.body.items).toMatchObject([
          { version: 1, status: 'accepted', in_force: true },
          { version: 2, status: 'waiting', in_force: false, impact: { moved: 46 } },
        ]);
        const url = `/policies/${waiting.digest}`;
        expect(codeOf(await call('POST', `${url}/approve`, 'analyst'))).toEqual([403, 'ROLE_REFUSED']);
        const approved = await call('POST', `${url}/approve`, 'administrator');
        expect(findings('Policy', approved)).toEqual([]);
        expect(approved.body).toMatchObject({ status: 'accepted', in_force: true, decided_by: 'test administrator' });
        expect(codeOf(await call('POST', `${url}/refuse`, 'administrator'))).toEqual([409, 'POLICY_DECIDED']);
        expect(codeOf(await call('POST', '/policies/none/refuse', 'administrator'))).toEqual([404, 'POLICY_NOT_FOUND']);
      });

      it('count exposure from their day on', async () => {
        const changed = text.replace('version: 1', 'version: 3').replace('2025-01-01', '2026-12-01');
        const later = changed.replace('unapplied_cash: -1.0', 'unapplied_cash: 0');
        await harness().store.policies.save(stored(later, { registeredAt: '2026-11-20T07:30:00.000Z' }));
        const exposureOn = async (day: string) =>
          (await call('GET', `/customers/c1?as_of=${day}`, 'analyst')).body.exposure;
        expect(await exposureOn('2026-11-30')).toMatchObject([{ exposure: '1302.50' }]);
        expect(await exposureOn('2026-12-01')).toMatchObject([{ exposure: '1352.50' }]);
      });
    });
  });
}
