import type { ApiCalls } from './support/api-calls';
import { Installation } from './support/installation';
import { sampleLines } from './support/samples';

interface Rating {
  version: number;
  grade: string;
  limit: string;
  hold: string;
  policy_version: number;
  reasons: { code: string }[];
}

const PATIENCE_MS = 60_000;

/** People's decisions and a changed policy, on the whole application: by the calendar, without any event. */
describe('credit decided by people and policies', () => {
  let installation: Installation;
  let analyst: ApiCalls;
  let customer: string;

  beforeAll(async () => {
    installation = await Installation.start({ businessDate: '2026-11-22', targetCodes: [] });
    await installation.feed('erp', sampleLines('small/reference.ndjson.gz'));
    await installation.feed('erp', sampleLines('small/erp.ndjson.gz'));
    await installation.caughtUp();
    analyst = await installation.apiAs('analyst');
    const { items } = await installation.get<{ items: { id: string }[] }>('/customers?has_rating=true&limit=1');
    customer = items[0]!.id;
  }, 120_000);

  afterAll(() => installation?.stop(), 60_000);

  const rating = async (id = customer) =>
    (await installation.get<{ current: Rating }>(`/customers/${id}/rating`)).current;

  /** The rating once it is as told; what it is then, when patience ends. */
  async function ratingOnce(is: (rating: Rating) => boolean, id = customer): Promise<Rating> {
    const deadline = Date.now() + PATIENCE_MS;
    for (let now = await rating(id); ; now = await rating(id)) {
      if (is(now) || Date.now() > deadline) return now;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  const codes = ({ reasons }: Rating) => reasons.map(({ code }) => code);

  it('holds a customer when a person says so, and lets it go when it is revoked', async () => {
    const before = await rating();
    const hold = { kind: 'hold', hold: 'all', reason: 'asked for by the board' };
    const { id } = await analyst.post<{ id: string }>(`/customers/${customer}/overrides`, hold);
    const held = await ratingOnce((now) => codes(now).includes('MANUAL_HOLD'));
    expect(held).toMatchObject({ hold: 'all', grade: before.grade, version: before.version + 1 });
    await installation.api.post(`/overrides/${id}/revoke`, {});
    expect(await ratingOnce((now) => now.version > held.version)).toMatchObject({ hold: before.hold });
  }, 150_000);

  it('rates by what one person proposed and another approved', async () => {
    const change = { kind: 'override', term_days: 7, reason: 'agreed', attachment: 'DMS-1', valid_to: '2026-12-31' };
    const { id } = await analyst.post<{ id: string }>(`/customers/${customer}/overrides`, change);
    expect((await analyst.call('POST', `/overrides/${id}/approve`, '{}')).status).toBe(403);
    await installation.api.post(`/overrides/${id}/approve`, {});
    expect(codes(await ratingOnce((now) => codes(now).includes('OVERRIDE')))).toContain('OVERRIDE');
    const explained = await installation.get<{ overrides: { proposed_by: string; decided_by: string }[] }>(
      `/customers/${customer}/rating/explain`,
    );
    expect(explained.overrides).toMatchObject([{ proposed_by: 'e2e analyst', decided_by: 'e2e administrator' }]);
  }, 150_000);

  it('takes a decision along when its customer is merged, and gives it back when they are parted', async () => {
    const { items } = await installation.get<{ items: { id: string; accounts: { key: string }[] }[] }>(
      '/customers?has_rating=true&limit=3',
    );
    // The account with the lower key names the customer that stays.
    const [stays, merged] = items
      .slice(1)
      .toSorted((a, b) => (a.accounts[0]!.key < b.accounts[0]!.key ? -1 : 1))
      .map(({ id }) => id);
    const isHeld = (now: Rating) => codes(now).includes('MANUAL_HOLD');
    await analyst.post(`/customers/${merged}/overrides`, { kind: 'hold', hold: 'all', reason: 'the board says so' });
    await ratingOnce(isHeld, merged);
    const pair = { a: merged, b: stays, reason: 'one company' };
    const { decisions } = await installation.api.post<{ decisions: { id: string }[] }>('/customers/merge', pair);
    expect(await ratingOnce(isHeld, stays)).toMatchObject({ hold: 'all' });
    const explained = await installation.get<{ customer_id: string; overrides: { customer_id: string }[] }>(
      `/customers/${stays}/rating/explain`,
    );
    expect(explained).toMatchObject({ customer_id: stays, overrides: [{ customer_id: merged }] });
    await installation.api.call('DELETE', `/identity-decisions/${decisions[0]!.id}`);
    expect(codes(await ratingOnce((now) => !isHeld(now), stays))).not.toContain('MANUAL_HOLD');
    expect(codes(await ratingOnce(isHeld, merged))).toContain('MANUAL_HOLD');
    expect(await installation.get(`/customers/${merged}`)).toMatchObject({ id: merged, rating: { hold: 'all' } });
  }, 150_000);

  it('lets a new policy that moves everybody wait for an administrator', async () => {
    await installation.restartWith((editor) => {
      editor.replace('credit-policy.yaml', 'version: 1', 'version: 2');
      editor.replace('credit-policy.yaml', 'max_grade: B', 'max_grade: C');
      editor.replace('syncline.yaml', 'policy_approval_above: null', 'policy_approval_above: 0.1');
    });
    interface Policy {
      digest: string;
      version: number;
      status: string;
      in_force: boolean;
    }
    const policies = async () => (await installation.get<{ items: Policy[] }>('/policies')).items;
    const deadline = Date.now() + PATIENCE_MS;
    while ((await policies()).length < 2 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 100));
    const [first, second] = await policies();
    expect([first, second]).toMatchObject([
      { version: 1, in_force: true },
      { version: 2, status: 'waiting', in_force: false },
    ]);
    expect((await rating()).policy_version).toBe(1);
    await installation.api.post(`/policies/${second!.digest}/approve`, {});
    expect((await ratingOnce((now) => now.policy_version === 2)).policy_version).toBe(2);
  }, 150_000);

  it('keeps a grade from rising while the ERP reports another balance, until it reports the right one', async () => {
    const onDay = (day: string) =>
      installation.restartWith((editor) =>
        editor.replace('syncline.yaml', /business_date: [-0-9]+/, `business_date: ${day}`),
      );
    const action = (name: string) => installation.feed('erp', sampleLines(`small/scenarios/${name}.ndjson.gz`));
    const balance = (amount: string, readAt: number) => {
      const key = { party: 26, as_of: '2027-03-27' };
      const value = { ...key, receivable: amount, __op: 'c', __source_ts_ms: readAt };
      return installation.feed('erp', [JSON.stringify({ topic: 'erp.public.customer_balance', key, value })]);
    };
    // The chart of accounts was set up before the small capture began.
    const types = sampleLines('set-a/erp.ndjson.gz').filter((line) =>
      line.includes('erp.public.account_account_type"'),
    );
    await installation.feed('erp', types);
    for (const name of ['01-customer-created', '07-invoice-posted', '08-partial-payment']) await action(name);
    await installation.caughtUp();
    customer = (await installation.get<{ customer_id: string }>('/accounts/erp/26')).customer_id;
    // 95 days past the due date of its invoice, and a day later.
    await onDay('2027-03-27');
    expect(await ratingOnce(({ grade }) => grade === 'D')).toMatchObject({ grade: 'D', hold: 'all' });
    await onDay('2027-03-28');
    await balance('1234.56', 1);
    await action('09-final-payment-reconciled');
    await installation.caughtUp();
    const frozen = await ratingOnce((now) => codes(now).includes('H12_RECON_BREAK') && now.hold === 'none');
    expect(frozen).toMatchObject({ grade: 'D', hold: 'none' });
    const explained = await installation.get<object>(`/customers/${customer}/rating/explain`);
    expect(explained).toMatchObject({
      rules: [{ code: 'H12_RECON_BREAK', freezes_upgrades: true, facts: { recon_diff_abs: '1234.56' } }],
      balances: [
        {
          as_of: '2027-03-27',
          reported: '1234.56',
          computed: '0.00',
          breaks: [{ type: 'UNKNOWN', amount: '1234.56' }],
        },
      ],
    });
    await balance('0.00', 2);
    await installation.caughtUp();
    const thawed = await ratingOnce((now) => !codes(now).includes('H12_RECON_BREAK'));
    expect([thawed.grade, codes(thawed)]).toEqual(['C', ['CURE', 'NEW_CUSTOMER']]);
  }, 150_000);
});
