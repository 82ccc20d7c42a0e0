import { setImmediate as nextTurn } from 'node:timers/promises';
import { baseFigures, type CustomerHistory } from '@syncline/analytics';
import { readCloudEvent, validateEvent, type CustomerAlertData } from '@syncline/contracts';
import type { CreditPolicy } from '@syncline/credit';
import { addDays, type LocalDate } from '@syncline/model';
import { aReceivableItem, aSalesOrder, MemoryInsightStore, shippedPolicy } from '@syncline/testing';
import { NO_METRICS } from '../shared/stage-metrics.port';
import { TOPICS } from '../shared/topics';
import { EvaluateInsights, type CompareBuyers } from './evaluate-insights';
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
  let compareBuyers: CompareBuyers;

  beforeEach(() => {
    store = new MemoryInsightStore();
    commits = 0;
    policyOf = shippedPolicy;
    compareBuyers = async (buyers, options) => baseFigures(buyers, options);
  });

  const shippedWith = (over: Partial<CreditPolicy['customerInsight']>): CreditPolicy => {
    const policy = shippedPolicy();
    if (!policy.customerInsight) throw new Error('the shipped policy has no section for insight');
    return { ...policy, customerInsight: { ...policy.customerInsight, ...over } };
  };
  const given = (...histories: CustomerHistory[]) =>
    histories.forEach((history) => store.known.set(history.customerId, history));
  const evaluation = () =>
    new EvaluateInsights({
      store,
      compareBuyers: (...parts) => compareBuyers(...parts),
      policies: { inForce: async (asOf) => policyOf(asOf) },
      systems: [{ name: 'erp', currency: 'CNY' }],
      clock: { now: () => Date.UTC(2026, 6, 15, 1), elapsed: () => 0, today: () => TODAY },
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

  it('raises nothing at its first evaluation: what holds then held before', async () => {
    given(aRegular('late', 45), aRegular('usual', 10));
    expect(await evaluate()).toEqual({ evaluated: 2, changed: 0 });
    expect(alerts()).toEqual([]);
    expect(store.insights.get('late')?.alerts).toMatchObject([{ rule: 'PURCHASE_GAP', since: TODAY, first: true }]);
    await evaluate(addDays(TODAY, 1));
    expect(alerts()).toEqual([]);
    given(aRegular('late', -2));
    await evaluate(addDays(TODAY, 2));
    expect(alerts()).toEqual([
      expect.objectContaining({
        type: 'syncline.customer-alert.ended.v1',
        data: expect.objectContaining({ rule: 'PURCHASE_GAP', first: true, since: TODAY }),
      }),
    ]);
  });

  it('publishes what the policy wants to know at first sight, and marks it', async () => {
    policyOf = () => shippedWith({ firstAlerts: ['PURCHASE_GAP'] });
    given(aRegular('late', 45), aRegular('usual', 10));
    expect(await evaluate()).toEqual({ evaluated: 2, changed: 1 });
    expect(alerts().map(({ subject, data }) => [subject, data.rule, data.first])).toEqual([
      ['late', 'PURCHASE_GAP', true],
    ]);
    await evaluate();
    expect(alerts()).toEqual([]);
  });

  it('raises an alert once, and says when it ended', async () => {
    given(aRegular('late', 45), aRegular('usual', 10));
    await evaluate(addDays(TODAY, -20));
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
          first: false,
          asOf: TODAY,
          mergedInto: null,
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

  it.each([
    [false, '***'],
    [true, '-2160'],
  ])('shows profits in events: %s', async (amountsInEvents, netProfit12m) => {
    policyOf = () => shippedWith({ firstAlerts: ['LOSS_MAKING'], amountsInEvents });
    const sold = {
      key: 'l1',
      product: null,
      quantity: '1',
      unitPrice: '1',
      unitCost: '19',
      delivered: '1',
      invoiced: '1',
    };
    const lines = [sold];
    const { orders, ...losing } = aRegular('losing', 10);
    given({ ...losing, orders: orders.map((order) => ({ ...order, lines })) });
    await evaluate();
    expect(alerts()).toMatchObject([{ data: { rule: 'LOSS_MAKING', evidence: { netProfit12m } } }]);
    expect(store.insights.get('losing')?.alerts[0]?.evidence['netProfit12m']).toBe('-2160');
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
    given(aRegular('late', -1));
    await evaluate(addDays(TODAY, 1));
    expect(store.insights.get('usual')?.value?.level).toBe('A');
    expect(alerts().map(({ data }) => data.policyVersion)).toEqual([2]);
  });

  it('goes on after a crash without repeating what was kept', async () => {
    const many = Array.from({ length: 250 }, (_, index) => aRegular(`c${String(index).padStart(3, '0')}`, 45));
    given(...many);
    await evaluate(addDays(TODAY, -20));
    store.runs.splice(0);
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

  it('ends the alerts of a customer that was merged, and goes on with them where it went', async () => {
    given(aRegular('late', 45), aRegular('usual', 10));
    await evaluate(addDays(TODAY, -20));
    await evaluate();
    alerts();
    store.known.delete('late');
    store.merges.set('late', 'usual');
    given(aRegular('usual', 45));
    expect(await evaluate(addDays(TODAY, 1))).toEqual({ evaluated: 1, changed: 2 });
    const told = alerts().map(({ type, subject, sequence, data }) => [
      type,
      subject,
      sequence,
      data.mergedInto,
      data.since,
    ]);
    expect(told).toEqual([
      ['syncline.customer-alert.raised.v1', 'usual', 1, null, TODAY],
      ['syncline.customer-alert.ended.v1', 'late', 2, 'usual', TODAY],
    ]);
    expect([...store.insights.keys()]).toEqual(['usual']);
    await evaluate(addDays(TODAY, 1));
    expect(alerts()).toEqual([]);
  });

  it('ends the alerts of a customer that is gone, and keeps nothing of it', async () => {
    given(aRegular('late', 45), aRegular('usual', 10));
    await evaluate();
    store.known.delete('late');
    expect(await evaluate(addDays(TODAY, 1))).toEqual({ evaluated: 1, changed: 1 });
    expect(alerts()).toMatchObject([{ subject: 'late', data: { mergedInto: null } }]);
    expect([...store.insights.keys()]).toEqual(['usual']);
  });

  it('lets other work have its turn after every page, and while customers are compared', async () => {
    given(...Array.from({ length: 450 }, (_, index) => aRegular(`c${String(index).padStart(3, '0')}`, 10)));
    let turns = 0;
    let isDone = false;
    const otherWork = (): void => void ((turns += isDone ? 0 : 1), isDone || setImmediate(otherWork));
    setImmediate(otherWork);
    const pages: { customers: number; turn: number }[] = [];
    const { histories, transact } = store;
    store.histories = (ids) => {
      pages.push({ customers: ids.length, turn: turns });
      return histories.call(store, ids);
    };
    store.transact = (work) => {
      pages.push({ customers: 0, turn: turns });
      return transact.call(store, work) as ReturnType<typeof work>;
    };
    compareBuyers = async (buyers, options) => {
      const before = turns;
      await nextTurn();
      await nextTurn();
      expect(turns).toBeGreaterThan(before);
      return baseFigures(buyers, options);
    };
    await evaluate();
    isDone = true;
    const measuring = pages.filter(({ customers }) => customers > 0);
    expect(measuring.map(({ customers }) => customers)).toEqual([200, 200, 50]);
    const at = pages.slice(0, 6).map(({ turn }) => turn);
    expect(new Set(at).size).toBe(6);
  });

  it('is cut short while customers are compared, and leaves the day to be done', async () => {
    given(aRegular('a', 1));
    const stop = new AbortController();
    compareBuyers = async () => {
      stop.abort();
      throw new Error('the thread was ended');
    };
    expect(await evaluate(TODAY, stop.signal)).toEqual({ evaluated: 0, changed: 0 });
    compareBuyers = async () => {
      throw new Error('out of memory');
    };
    await expect(evaluate()).rejects.toThrow('out of memory');
    expect(store.runs).toEqual([]);
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
