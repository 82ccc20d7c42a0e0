import type { CustomerAlertData } from '@syncline/contracts';
import { TOPICS } from '@syncline/pipeline/shared';
import { Installation } from './support/installation';
import type { FolderOptions } from './support/installation-folder';
import { publishedEvents } from './support/published-events';
import { sampleLines } from './support/samples';

interface Evaluation {
  waiting: boolean;
  last: { as_of: string; completed_at: string; buyers: number } | null;
}

interface Insight {
  as_of: string;
  value: { level: string } | null;
  stage: { stage: string; since: string };
  profit: { net_sales: string };
  alerts: { rule: string; since: string; first: boolean; evidence: Record<string, unknown> }[];
}

const PATIENCE_MS = 60_000;
const FIRST_DAY = '2026-11-22';
const LATER = '2027-03-01';

/** What the daily evaluation says of the captured ERP's customers: in the view, in lists and as events. */
describe('value, stages and alerts of customers', () => {
  let installation: Installation;

  beforeAll(async () => {
    // The capture has few purchases a customer: one gap between them has to be enough.
    const edit: FolderOptions['edit'] = ({ replace }) => replace('credit-policy.yaml', 'min_gaps: 5', 'min_gaps: 1');
    installation = await Installation.start({ businessDate: FIRST_DAY, targetCodes: [], edit });
    await installation.feed('erp', sampleLines('small/reference.ndjson.gz'));
    await installation.feed('erp', sampleLines('small/erp.ndjson.gz'));
    await installation.caughtUp();
  }, 120_000);

  afterAll(() => installation?.stop(), 60_000);

  /** Asks for an evaluation and waits for its answer. */
  async function evaluated(): Promise<NonNullable<Evaluation['last']>> {
    await installation.api.post('/insight/evaluate', {});
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const { waiting, last } = await installation.get<Evaluation>('/insight');
      if (!waiting && last) return last;
      if (Date.now() > deadline) throw new Error('the evaluation does not end');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  const listed = async (query: string) =>
    (await installation.get<{ items: { id: string }[] }>(`/customers?limit=200&${query}`)).items.map(({ id }) => id);
  const insightOf = async (id: string) => (await installation.get<{ insight: Insight }>(`/customers/${id}`)).insight;
  const newAlerts = async () =>
    (await publishedEvents(installation, TOPICS.customerAlerts)).map(({ headers, value }) => ({
      id: headers!['ce_id'],
      type: headers!['ce_type'],
      data: JSON.parse(value!.toString()) as CustomerAlertData,
    }));

  it('evaluates everybody when it is asked to, and publishes nothing of what it found at first sight', async () => {
    const last = await evaluated();
    expect(last).toMatchObject({ as_of: FIRST_DAY });
    expect(last.buyers).toBeGreaterThan(0);
    const all = await listed('');
    const insights = await Promise.all(all.map(insightOf));
    expect(insights.filter((each) => each?.as_of === FIRST_DAY)).toHaveLength(all.length);
    expect(insights.filter(({ value }) => value !== null).length).toBe(last.buyers);
    for (const level of ['A', 'B', 'C', 'D']) {
      const expected = all.filter((_id, index) => insights[index].value?.level === level);
      expect((await listed(`level=${level}`)).sort()).toEqual(expected.sort());
    }
    expect(insights.flatMap(({ alerts }) => alerts).every(({ first }) => first)).toBe(true);
    expect(await newAlerts()).toEqual([]);
  }, 120_000);

  it('raises once what begins to hold later, with the rule and what it saw', async () => {
    await installation.restartWith(({ replace }) =>
      replace('syncline.yaml', `business_date: ${FIRST_DAY}`, `business_date: ${LATER}`),
    );
    await evaluated();
    const late = await listed('alarm=PURCHASE_GAP');
    expect(late.length).toBeGreaterThan(0);
    const before = await Promise.all(late.map(insightOf));
    const fresh = late.filter((_id, index) => before[index].alerts.some(({ since }) => since === LATER));
    const events = await newAlerts();
    const gaps = events.filter(({ data }) => data.rule === 'PURCHASE_GAP');
    expect(gaps.map(({ data }) => data.customerId).sort()).toEqual(fresh.sort());
    for (const { type, data } of gaps) {
      expect(type).toBe('syncline.customer-alert.raised.v1');
      expect(data).toMatchObject({ asOf: LATER, since: LATER, first: false, policy: 'default-trade-credit' });
      const { gapDays, thresholdDays } = data.evidence as Record<string, number>;
      expect(gapDays).toBeGreaterThan(thresholdDays);
    }
    await installation.restartWith(undefined);
    await evaluated();
    expect(await newAlerts()).toEqual([]);
  }, 180_000);
});
