import { readCloudEvent, validateEvent, type CreditRatingChanged } from '@syncline/contracts';
import { localDateOfEpochDay, epochDay } from '@syncline/model';
import { anItem, anOverride, MemoryPolicyStore, MemoryRateStore, shippedPolicyFile } from '@syncline/testing';
import type { CustomerRow, ReceivableItemRow } from '../reconcile/reconcile-store.port';
import type { LogBatch } from '../shared/event-log.port';
import { NO_METRICS } from '../shared/stage-metrics.port';
import { TOPICS } from '../shared/topics';
import { RateStage } from './rate-stage';

const file = shippedPolicyFile();

describe('the rate stage', () => {
  let store: MemoryRateStore;
  let today: string;
  let commits: number;
  let stage: RateStage;
  let offset: number;
  let policies: MemoryPolicyStore;
  let waiting: string[];
  let now: number;

  beforeEach(() => {
    store = new MemoryRateStore();
    policies = new MemoryPolicyStore(store);
    waiting = [];
    today = '2025-12-31';
    now = Date.parse('2025-12-31T08:00:00Z');
    commits = 0;
    offset = 0;
    stage = stageWith(file.text);
  });

  /** A process with this policy in its configuration, on the same store. */
  const stageWith = (text: string, policyApprovalAbove: number | null = null) =>
    new RateStage({
      store,
      policies,
      policy: { text, file: file.file },
      policyApprovalAbove,
      onPolicyWaiting: ({ id, version }) => waiting.push(`${id}@${version}`),
      systems: [{ name: 'erp', currency: 'CNY' }],
      clock: { now: () => now, today: () => today },
      metrics: NO_METRICS,
      afterCommit: () => (commits += 1),
      onCalendarError: (error) => {
        throw error;
      },
      calendarIntervalMs: null,
    });

  const customer = (id: string, parts: Partial<CustomerRow> = {}): CustomerRow => ({
    id,
    version: 1,
    status: 'active',
    mergedInto: null,
    name: null,
    hash: '',
    summary: { attributes: {}, accounts: [], isCustomer: true, receivables: [], openOrders: [] },
    ...parts,
  });

  /** Monthly invoices of 2025, all paid on time. */
  const goodLedger = (): ReceivableItemRow[] =>
    Array.from({ length: 12 }, (_, index) => {
      const postedOn = `2025-${String(index + 1).padStart(2, '0')}-01`;
      const on = localDateOfEpochDay(epochDay(postedOn) + 25);
      return row({
        postedOn,
        dueOn: on,
        amount: '100000',
        settledOn: on,
        settlements: [{ on, amount: '100000', cash: true }],
      });
    });

  const row = (parts: Parameters<typeof anItem>[0]): ReceivableItemRow => {
    const { disputedOn: _, ...item } = anItem(parts);
    return {
      ...item,
      system: 'erp',
      key: `${item.postedOn}/${item.amount}`,
      accountKey: '1',
      number: null,
      invoiceKey: null,
      documentCurrency: item.currency,
      documentAmount: item.amount,
      documentOpenAmount: item.openAmount,
      settlements: [...item.settlements],
    };
  };

  const known = (
    id: string,
    items: ReceivableItemRow[],
    parts: Partial<CustomerRow> = {},
    valueLevel: string | null = null,
  ) =>
    store.facts.set(id, {
      customer: customer(id, parts),
      items,
      openOrders: [],
      heldLimits: [{ system: 'erp', limit: '500000' }],
      firstInvoicedOn: '2023-03-01',
      valueLevel,
    });

  const needOf = () => Number(store.current('c-1')?.derivation?.bounds['need']);

  const batch = (...ids: string[]): LogBatch => ({
    topic: TOPICS.customers,
    partition: 0,
    messages: ids.map((id) => ({
      offset: offset++,
      key: Buffer.from(id),
      value: Buffer.from('{}'),
      headers: { ce_subject: id },
      timestamp: 0,
    })),
  });

  const published = () =>
    store.published.flatMap(({ messages }) => messages.map((message) => readCloudEvent<CreditRatingChanged>(message)));

  it('rates each customer of a batch once, and publishes a valid event', async () => {
    known('c-1', goodLedger());
    expect(await stage.handle(batch('c-1', 'c-1', 'c-1'))).toEqual({ evaluated: 1, changed: 1 });
    expect(store.ratings).toHaveLength(1);
    expect(store.current('c-1')).toMatchObject({
      version: 1,
      grade: 'AAA',
      termDays: 90,
      limit: '520000',
      hold: 'none',
      policy: 'default-trade-credit',
      asOf: '2025-12-31',
      decidedAt: '2025-12-31T08:00:00.000Z',
    });
    expect(store.evaluatedOn.get('c-1')).toBe('2025-12-31');
    const [{ topic, messages }] = store.published;
    expect(topic).toBe('syncline.credit-rating.v1');
    expect(validateEvent(topic, messages[0])).toEqual([]);
    expect(published()[0]).toMatchObject({ subject: 'c-1', sequence: 1, data: { grade: 'AAA', previous: null } });
    expect(commits).toBe(1);
  });

  it('needs more or less by the value level of the customer, where the policy knows the level', async () => {
    known('c-1', goodLedger());
    await stage.handle(batch('c-1'));
    const plain = needOf();
    const needed: number[] = [];
    for (const level of ['A', 'B', 'C', 'D', 'Z']) {
      known('c-1', goodLedger(), {}, level);
      store.ratings.splice(0);
      await stage.handle(batch('c-1'));
      needed.push(Math.round((needOf() / plain) * 1e6) / 1e6);
    }
    expect(needed).toEqual([1.2, 1.1, 1, 0.8, 1]);
  });

  it('writes no version when the decision stays, though its numbers moved', async () => {
    known('c-1', goodLedger());
    await stage.handle(batch('c-1'));
    known('c-1', [...goodLedger(), row({ amount: '10', postedOn: '2025-12-30', dueOn: '2026-01-30' })]);
    expect(await stage.handle(batch('c-1'))).toEqual({ evaluated: 1, changed: 0 });
    expect(store.ratings).toHaveLength(1);
  });

  it('writes the next version with what it replaces', async () => {
    known('c-1', goodLedger());
    await stage.handle(batch('c-1'));
    known('c-1', [...goodLedger(), row({ amount: '400000', postedOn: '2025-07-01', dueOn: '2025-07-31' })]);
    await stage.handle(batch('c-1'));
    expect(store.current('c-1')).toMatchObject({ version: 2, grade: 'D', limit: '0', hold: 'all' });
    expect(published()[1]).toMatchObject({
      sequence: 2,
      data: { version: 2, previous: { version: 1, grade: 'AAA', termDays: 90, limit: '520000', hold: 'none' } },
    });
  });

  it('does nothing for a batch that was applied', async () => {
    known('c-1', goodLedger());
    const first = batch('c-1');
    await stage.handle(first);
    known('c-1', []);
    expect(await stage.handle(first)).toEqual({ evaluated: 0, changed: 0 });
    expect(store.ratings).toHaveLength(1);
  });

  it('passes over who is no customer, and messages without one', async () => {
    known('own', [], { summary: { ...customer('own').summary, isCustomer: false } });
    known('gone', goodLedger(), { status: 'retired', mergedInto: 'c-1' });
    const strange = batch('own', 'gone', 'unknown');
    strange.messages.push({ offset: offset++, key: null, value: null, timestamp: 0 });
    expect(await stage.handle(strange)).toEqual({ evaluated: 0, changed: 0 });
    expect(await stage.handle({ ...strange, messages: [] })).toEqual({ evaluated: 0, changed: 0 });
    expect(store.published).toEqual([]);
  });

  it('reads rates only when something is in another currency', async () => {
    known('c-1', goodLedger());
    await stage.handle(batch('c-1'));
    expect(store.rateReads).toBe(0);
  });

  it('rates again by the calendar who waits for an exchange rate', async () => {
    known(
      'c-1',
      goodLedger().map((item) => ({ ...item, currency: 'USD' })),
    );
    await stage.handle(batch('c-1'));
    expect(store.current('c-1')?.reasons[0].code).toBe('MISSING_RATE_USD');
    expect(await stage.calendar.run(today)).toEqual({ evaluated: 1, changed: 0 });
    store.rates = [{ system: 'erp', currency: 'USD', validFrom: '2025-01-01', rate: '0.14' }];
    expect(await stage.calendar.run(today)).toEqual({ evaluated: 1, changed: 1 });
    expect(store.current('c-1')).toMatchObject({ version: 2, grade: 'AAA' });
    expect(await stage.calendar.run(today)).toEqual({ evaluated: 0, changed: 0 });
  });

  it('lets a rating change by the calendar alone', async () => {
    known('c-1', [...goodLedger(), row({ amount: '1000', postedOn: '2025-12-01', dueOn: '2025-12-31' })]);
    await stage.handle(batch('c-1'));
    expect(store.current('c-1')?.hold).toBe('none');
    today = '2026-03-15';
    expect(await stage.calendar.run(today)).toEqual({ evaluated: 1, changed: 1 });
    expect(store.current('c-1')?.reasons.map(({ code }) => code)).toContain('H05_OLDEST_60');
    expect(await stage.calendar.run(today)).toEqual({ evaluated: 0, changed: 0 });
  });

  it('pages through all customers, and stops when told', async () => {
    for (let index = 0; index < 1_001; index += 1) known(`c-${index}`, []);
    const stopped = new AbortController();
    stopped.abort();
    expect(await stage.calendar.run(today, stopped.signal)).toEqual({ evaluated: 0, changed: 0 });
    expect(await stage.calendar.run(today)).toEqual({ evaluated: 1_001, changed: 1_001 });
    expect(commits).toBe(3);
  });

  describe('day after day', () => {
    /** Each invoice of 2025 paid so late that the score is far below AAA. */
    const lateLedger = () =>
      goodLedger().map((item) => {
        const on = localDateOfEpochDay(epochDay(item.dueOn ?? '') + 20);
        return on > '2025-12-31'
          ? { ...item, settledOn: null, settlements: [], openAmount: item.amount }
          : { ...item, settledOn: on, settlements: [{ on, amount: item.amount, cash: true }] };
      });
    const day = async (date: string) => {
      today = date;
      now = Date.parse(`${date}T08:00:00Z`);
      await stage.calendar.run(date);
      return store.current('c-1');
    };

    it('follows the facts until the first review, and then moves on review dates alone', async () => {
      known('c-1', goodLedger());
      expect((await day('2025-11-10'))?.grade).toBe('AAA');
      known('c-1', lateLedger());
      const early = await day('2025-11-11');
      expect(early?.derivation?.byReview).toBe(early?.derivation?.byScore);
      known('c-1', goodLedger());
      await day('2025-12-01');
      expect(store.current('c-1')?.derivation?.byReview).toBe('AAA');
      known('c-1', lateLedger());
      for (const date of ['2025-12-02', '2025-12-30', '2026-01-01']) {
        await day(date);
        const { standing } = store.standings.at(-1) ?? {};
        expect([date, standing?.grade]).toEqual([date, 'AAA']);
      }
      await day('2026-02-01');
      expect(store.standings.at(-1)).toMatchObject({ asOf: '2026-02-01' });
      expect(store.standings.at(-1)?.standing.grade).not.toBe('AAA');
    });

    it('is the same however often, and after whatever came first, a day is rated', async () => {
      known('c-1', goodLedger());
      await day('2025-11-10');
      await day('2025-12-01');
      const before = JSON.stringify(store.standings);
      for (const items of [lateLedger(), [], goodLedger().slice(3), goodLedger()]) {
        known('c-1', items);
        await stage.handle(batch('c-1', 'c-1'));
      }
      expect(JSON.stringify(store.standings)).toBe(before);
      expect(store.current('c-1')).toMatchObject({ grade: 'AAA' });
    });

    it('writes no standing on a day that moves nobody', async () => {
      known('c-1', goodLedger());
      await day('2025-11-10');
      await day('2025-11-11');
      expect(store.standings.map(({ asOf }) => asOf)).toEqual(['2025-11-10']);
    });
  });

  describe('balances that a system reports', () => {
    /** The year's sales are unpaid until the 25th of the next month, so that one invoice is open at each month's end. */
    const reported = (amount: string, asOf = '2025-12-31') => {
      store.balances = [{ customerId: 'c-1', system: 'erp', accountKey: '1', currency: null, asOf, amount }];
    };
    const features = () => store.current('c-1')?.features ?? {};
    const codes = () => (store.current('c-1')?.reasons ?? []).map(({ code }) => code);

    it('say nothing where there are none', async () => {
      known('c-1', goodLedger());
      await stage.handle(batch('c-1'));
      expect(features()).not.toHaveProperty('recon_diff_abs');
      expect(codes()).not.toContain('H12_RECON_BREAK');
    });

    it('freeze upgrades while nothing explains the difference, and let go when it is corrected', async () => {
      const late = (paidAfter: number) =>
        goodLedger().map((item) => {
          const on = localDateOfEpochDay(epochDay(item.dueOn!) + paidAfter);
          return { ...item, settledOn: on, settlements: [{ on, amount: item.amount, cash: true }] };
        });
      known('c-1', late(20));
      await stage.handle(batch('c-1'));
      const before = store.current('c-1')!.grade;
      today = '2026-01-20';
      known('c-1', goodLedger());
      reported('4000');
      await stage.handle(batch('c-1'));
      expect(store.current('c-1')?.grade).toBe(before);
      expect(codes()).toContain('H12_RECON_BREAK');
      expect(features()).toMatchObject({ recon_diff_abs: '4000', recon_tolerance: '0.01' });
      reported('0.01');
      await stage.handle(batch('c-1'));
      expect(store.current('c-1')?.grade).toBe('AAA');
      expect(codes()).not.toContain('H12_RECON_BREAK');
      expect(features()).toMatchObject({ recon_diff_abs: '0' });
    });

    it('do not freeze where a typed break explains it', async () => {
      const draft = row({ postedOn: '2025-12-01', dueOn: '2025-12-31', amount: '500' });
      known('c-1', [draft]);
      reported('0');
      store.records = [
        {
          system: 'erp',
          kind: 'receivable_item',
          key: draft.key,
          fields: {},
          refs: { account: '1', posting: 'p' },
        },
        { system: 'erp', kind: 'posting', key: 'p', fields: { state: 'draft' }, refs: {} },
      ];
      await stage.handle(batch('c-1'));
      expect(features()).toMatchObject({ recon_diff_abs: '0', recon_tolerance: '0.01' });
      store.records = [];
      await stage.handle(batch('c-1'));
      expect(codes()).toContain('H12_RECON_BREAK');
    });

    it('count only up to the day of the rating, and the latest of them', async () => {
      known('c-1', [row({ postedOn: '2025-12-01', dueOn: '2025-12-31', amount: '500' })]);
      store.balances = ['2025-11-30', '2025-12-30', '2026-01-01'].map((asOf, index) => ({
        customerId: 'c-1',
        system: 'erp',
        accountKey: '1',
        currency: 'CNY',
        asOf,
        amount: ['7', '500', '9'][index]!,
      }));
      await stage.handle(batch('c-1'));
      expect(features()).toMatchObject({ recon_diff_abs: '0' });
    });

    it('of long ago are held against what was open then, however long it has been paid', async () => {
      today = '2027-06-30';
      known('c-1', goodLedger());
      reported('100000', '2025-06-10');
      await stage.handle(batch('c-1'));
      expect(features()).toMatchObject({ recon_diff_abs: '0', recon_tolerance: '0.01' });
    });
  });

  describe('what people decided', () => {
    it('acts from the calendar’s next look to its last day', async () => {
      known('c-1', goodLedger());
      await stage.handle(batch('c-1'));
      store.overrides = [
        anOverride({ customerId: 'c-1', limit: '100000', validFrom: '2025-12-01', validTo: '2026-01-01' }),
      ];
      store.evaluatedOn.delete('c-1');
      await stage.calendar.run(today);
      expect(store.current('c-1')).toMatchObject({ version: 2, limit: '100000', derivation: { overrides: ['v1'] } });
      expect(
        published()
          .at(-1)
          ?.data.reasons.map(({ code }) => code),
      ).toContain('OVERRIDE');
      today = '2026-01-02';
      await stage.calendar.run(today);
      expect(store.current('c-1')?.reasons.map(({ code }) => code)).not.toContain('OVERRIDE');
      expect(store.current('c-1')?.limit).not.toBe('100000');
    });
  });

  describe('a changed policy', () => {
    const second = (changes: [string, string][]) =>
      changes.reduce(
        (text, [from, to]) => {
          expect(text).toContain(from);
          return text.replace(from, to);
        },
        file.text.replace('version: 1', 'version: 2'),
      );
    const stricter = second([['grade: AAA, min: 90', 'grade: AAA, min: 99.9']]);

    beforeEach(async () => {
      known('c-1', goodLedger());
      await stage.handle(batch('c-1'));
      now += 1_000;
    });

    it('reaches all customers by the calendar, without any event', async () => {
      stage = stageWith(stricter);
      expect(await stage.calendar.run(today)).toEqual({ evaluated: 1, changed: 1 });
      expect(store.current('c-1')).toMatchObject({ grade: 'AA', policyVersion: 2 });
      expect(await stage.calendar.run(today)).toEqual({ evaluated: 0, changed: 0 });
      expect(policies.policies.size).toBe(2);
    });

    it('waits for its day, and events before it are rated by the one before', async () => {
      stage = stageWith(stricter.replace('effective_from: 2025-01-01', 'effective_from: 2026-01-05'));
      expect(await stage.calendar.run(today)).toEqual({ evaluated: 0, changed: 0 });
      await stage.handle(batch('c-1'));
      expect(store.current('c-1')?.policyVersion).toBe(1);
      today = '2026-01-05';
      await stage.calendar.run(today);
      expect(store.current('c-1')?.policyVersion).toBe(2);
    });

    it('gives way to an older one that is put back', async () => {
      await stageWith(stricter).calendar.run(today);
      now += 1_000;
      await stageWith(file.text).calendar.run(today);
      expect(store.current('c-1')).toMatchObject({ grade: 'AAA', policyVersion: 1, version: 3 });
    });

    it('is taken up by a process that was started with another file', async () => {
      await stageWith(stricter).calendar.run(today);
      await stage.calendar.run(today);
      await stage.handle(batch('c-1'));
      expect(store.current('c-1')?.policyVersion).toBe(2);
    });

    it('is no other for its comments', async () => {
      await stageWith(`# reviewed\n${file.text}`).calendar.run(today);
      expect(policies.policies.size).toBe(1);
    });

    it('waits for approval when it moves too many, and takes effect when it has it', async () => {
      const next = stageWith(stricter, 0.5);
      expect(await next.calendar.run(today)).toEqual({ evaluated: 0, changed: 0 });
      expect(waiting).toEqual(['default-trade-credit@2']);
      const [, candidate] = await policies.list();
      expect(candidate).toMatchObject({ status: 'waiting', impact: { customers: 1, moved: 1, better: 0, worse: 1 } });
      await next.handle(batch('c-1'));
      expect(store.current('c-1')?.policyVersion).toBe(1);
      await policies.save({ ...candidate, status: 'accepted', decidedBy: 'key:admin' });
      await next.calendar.run(today);
      expect(store.current('c-1')?.policyVersion).toBe(2);
      expect(waiting).toHaveLength(1);
    });

    it('waits for nobody when it moves few enough', async () => {
      await stageWith(second([['auc_min: 0.70', 'auc_min: 0.71']]), 0).calendar.run(today);
      expect([waiting, store.current('c-1')?.policyVersion]).toEqual([[], 2]);
    });
  });
});
