import type { CustomerHistory } from '@syncline/analytics';
import { readCloudEvent, validateEvent, type CustomerAlertData } from '@syncline/contracts';
import type { CreditPolicy } from '@syncline/credit';
import { addDays, type LocalDate } from '@syncline/model';
import { aReceivableItem, aSalesOrder, MemoryInsightStore, shippedPolicy } from '@syncline/testing';
import { NO_METRICS } from '../shared/stage-metrics.port';
import { TOPICS } from '../shared/topics';
import { EvaluateInsights } from './evaluate-insights';
import { insightPolicyOf } from './insight-policy';

const TODAY = '2026-07-15';

/** Bought every thirty days, the last time `since` days ago. */
function aRegular(customerId: string, since: number, over: Partial<CustomerHistory> = {}): CustomerHistory {
  const days = Array.from({ length: 12 }, (_, index) => addDays(TODAY, -since - 30 * (11 - index)));
  return {
    customerId,
    purchaseDays: days,
    items: days.map((postedOn, index) => aReceivableItem({ key: `${customerId}-${index}`, postedOn, openAmount: '0' })),
    orders: days.map((orderedOn) => aSalesOrder({ orderedOn, state: 'done' })),
    consultations: 0,
    industryPosition: null,
    satisfaction: null,
    grade: null,
    classOverride: null,
    ...over,
  };
}

describe('the evaluation of all customers', () => {
  let store: MemoryInsightStore;
  let commits: number;
  let policyOf: (asOf: LocalDate) => CreditPolicy;

  beforeEach(() => {
    store = new MemoryInsightStore();
    commits = 0;
    policyOf = shippedPolicy;
  });

  const given = (...histories: CustomerHistory[]) =>
    histories.forEach((history) => store.known.set(history.customerId, history));
  const evaluation = () =>
    new EvaluateInsights({
      store,
      policies: { inForce: async (asOf) => policyOf(asOf) },
      systems: [{ name: 'erp', currency: 'CNY' }],
      clock: { now: () => Date.UTC(2026, 6, 15, 1), today: () => TODAY },
      metrics: NO_METRICS,
      afterCommit: () => void (commits += 1),
    });
  const evaluate = (asOf: LocalDate = TODAY, signal?: AbortSignal) => evaluation().run(asOf, signal);
  const alerts = () =>
    store.published
      .splice(0)
      .flatMap(({ messages }) => messages)
      .map((message) => {
        expect(validateEvent(TOPICS.customerAlerts, { ...message, headers: message.headers ?? {} })).toEqual([]);
        return readCloudEvent<CustomerAlertData>({ ...message, headers: message.headers ?? {} });
      });

  it('keeps what it found of every customer, over pages, and the run', async () => {
    const ids = Array.from({ length: 450 }, (_, index) => `c${String(index).padStart(3, '0')}`);
    given(...ids.map((id, index) => aRegular(id, index % 20)));
    expect(await evaluate()).toEqual({ evaluated: 450, changed: 0 });
    expect(store.insights.size).toBe(450);
    expect(store.insights.get('c000')).toMatchObject({
      asOf: TODAY,
      value: { percentiles: { volume: 50 } },
      stage: { stage: 'stable' },
      class: { class: 'intrinsic_value', by: 'rule', rule: 3 },
      keyAccount: null,
      profit: { profit: null },
    });
    expect(store.runs).toEqual([
      expect.objectContaining({ asOf: TODAY, buyers: 450, extent: { customers: 450, documents: 0 }, currency: 'CNY' }),
    ]);
    expect(commits).toBe(0);
  });

  it('raises an alert once, and says when it ended', async () => {
    given(aRegular('late', 45), aRegular('usual', 10));
    expect(await evaluate()).toEqual({ evaluated: 2, changed: 1 });
    expect(commits).toBe(1);
    expect(alerts()).toEqual([
      expect.objectContaining({
        type: 'syncline.customer-alert.raised.v1',
        subject: 'late',
        sequence: 1,
        id: 'late:PURCHASE_GAP:1',
        data: {
          customerId: 'late',
          sequence: 1,
          rule: 'PURCHASE_GAP',
          since: TODAY,
          asOf: TODAY,
          evidence: {
            gapDays: 45,
            usualGapDays: 30,
            thresholdDays: 38.52,
            z: 4.05,
            lastPurchaseOn: addDays(TODAY, -45),
          },
          policy: 'default-trade-credit',
          policyVersion: 1,
        },
      }),
    ]);
    await evaluate();
    await evaluate(addDays(TODAY, 1));
    expect(alerts()).toEqual([]);
    const bought = [...aRegular('late', 45).purchaseDays, addDays(TODAY, 2)];
    given(aRegular('late', 45, { purchaseDays: bought }));
    await evaluate(addDays(TODAY, 2));
    expect(alerts()).toEqual([
      expect.objectContaining({
        type: 'syncline.customer-alert.ended.v1',
        sequence: 2,
        data: expect.objectContaining({ rule: 'PURCHASE_GAP', since: TODAY, asOf: addDays(TODAY, 2) }),
      }),
    ]);
  });

  it('has those rated again whose level changed, and nobody else', async () => {
    given(aRegular('a', 1), aRegular('b', 1), aRegular('new', 1, { purchaseDays: [], items: [], orders: [] }));
    await evaluate();
    expect(store.ratedAgain).toEqual(['a', 'b']);
    await evaluate();
    expect(store.ratedAgain).toEqual(['a', 'b']);
    const kept = store.insights.get('b');
    if (!kept?.value) throw new Error('b has no value');
    store.insights.set('b', { ...kept, value: { ...kept.value, level: 'D' } });
    await evaluate(addDays(TODAY, 1));
    expect(store.ratedAgain).toEqual(['a', 'b', 'b']);
  });

  it('goes by the policy of its day, and says so', async () => {
    const { policy, ...rest } = shippedPolicy();
    const later = {
      policy: { ...policy, version: 2 },
      ...rest,
      value: { ...rest.value, levels: { A: 0, B: 0, C: 0, D: 0 } },
    };
    policyOf = (asOf) => (asOf > TODAY ? later : shippedPolicy());
    given(aRegular('late', 45), aRegular('usual', 10));
    await evaluate();
    expect(store.insights.get('usual')?.value?.level).toBe('B');
    expect(alerts().map(({ data }) => data.policyVersion)).toEqual([1]);
    given(aRegular('late', -1));
    await evaluate(addDays(TODAY, 1));
    expect(store.insights.get('usual')?.value?.level).toBe('A');
    expect(alerts().map(({ data }) => data.policyVersion)).toEqual([2]);
  });

  it('goes on after a crash without repeating what was kept', async () => {
    const many = Array.from({ length: 250 }, (_, index) => aRegular(`c${String(index).padStart(3, '0')}`, 45));
    given(...many);
    const failing = evaluation();
    const transact = store.transact.bind(store);
    let calls = 0;
    store.transact = (work) => {
      store.failNext = ++calls === 2;
      return transact(work);
    };
    await expect(failing.run(TODAY)).rejects.toThrow('gone');
    expect(store.runs).toEqual([]);
    store.transact = transact;
    await evaluate();
    const raised = alerts().map(({ id }) => id);
    expect(raised).toHaveLength(250);
    expect(new Set(raised).size).toBe(250);
  });

  it('ends the alerts of a customer that was merged, and keeps nothing of it', async () => {
    given(aRegular('late', 45), aRegular('usual', 10));
    await evaluate();
    alerts();
    store.known.delete('late');
    expect(await evaluate(addDays(TODAY, 1))).toEqual({ evaluated: 1, changed: 1 });
    expect(alerts().map(({ type, subject, sequence }) => [type, subject, sequence])).toEqual([
      ['syncline.customer-alert.ended.v1', 'late', 2],
    ]);
    expect([...store.insights.keys()]).toEqual(['usual']);
  });

  it('stops between pages when asked to, and leaves the day to be done', async () => {
    given(aRegular('a', 1));
    const stop = new AbortController();
    stop.abort();
    expect(await evaluate(TODAY, stop.signal)).toEqual({ evaluated: 0, changed: 0 });
    expect(store.runs).toEqual([]);
  });

  it('leaves it to the process that evaluates already', async () => {
    given(aRegular('a', 1));
    store.isTaken = true;
    expect(await evaluate()).toEqual({ evaluated: 0, changed: 0 });
    expect(store.insights.size).toBe(0);
  });
});

describe('the policy of insight', () => {
  it('compiles the conditions of the shipped classes', () => {
    const { classes, alerts, defaultProbability } = insightPolicyOf(shippedPolicy());
    expect(classes.map(({ when }) => when?.holds({ value_score: 90, tenure_days: 800, consultations_12m: 0 }))).toEqual(
      [true, false, undefined],
    );
    expect(alerts).toHaveLength(5);
    expect(defaultProbability).toEqual({});
  });

  it('raises nothing without its section', () => {
    const { customerInsight: _, ...policy } = shippedPolicy();
    expect(insightPolicyOf(policy as ReturnType<typeof shippedPolicy>)).toMatchObject({ alerts: [], classes: [] });
  });
});
