import { validateEvent } from '@syncline/contracts';
import { epochDay, localDateOfEpochDay } from '@syncline/model';
import { anOverride } from '@syncline/testing';
import { anItemRow, goodLedger, POLICY_FILE, RateStageWorld } from './rate-stage.fixture';

describe('the rate stage', () => {
  let world: RateStageWorld;

  beforeEach(() => {
    world = new RateStageWorld();
  });

  const needOf = () => Number(world.store.current('c-1')?.derivation?.bounds['need']);

  it('rates each customer of a batch once, and publishes a valid event', async () => {
    world.known('c-1', goodLedger());
    expect(await world.stage.handle(world.batch('c-1', 'c-1', 'c-1'))).toEqual({ evaluated: 1, changed: 1 });
    expect(world.store.ratings).toHaveLength(1);
    expect(world.store.current('c-1')).toMatchObject({
      version: 1,
      grade: 'AAA',
      termDays: 90,
      limit: '520000',
      hold: 'none',
      policy: 'default-trade-credit',
      asOf: '2025-12-31',
      decidedAt: '2025-12-31T08:00:00.000Z',
    });
    expect(world.store.evaluatedOn.get('c-1')).toBe('2025-12-31');
    const [{ topic, messages }] = world.store.published;
    expect(topic).toBe('syncline.credit-rating.v1');
    expect(validateEvent(topic, messages[0])).toEqual([]);
    expect(world.published()[0]).toMatchObject({ subject: 'c-1', sequence: 1, data: { grade: 'AAA', previous: null } });
    expect(world.commits).toBe(1);
  });

  it('needs more or less by the value level of the customer, where the policy knows the level', async () => {
    world.known('c-1', goodLedger());
    await world.stage.handle(world.batch('c-1'));
    const plain = needOf();
    const needed: number[] = [];
    for (const level of ['A', 'B', 'C', 'D', 'Z']) {
      world.known('c-1', goodLedger(), {}, level);
      world.store.ratings.splice(0);
      await world.stage.handle(world.batch('c-1'));
      needed.push(Math.round((needOf() / plain) * 1e6) / 1e6);
    }
    expect(needed).toEqual([1.2, 1.1, 1, 0.8, 1]);
  });

  it('writes no version when the decision stays, though its numbers moved', async () => {
    world.known('c-1', goodLedger());
    await world.stage.handle(world.batch('c-1'));
    world.known('c-1', [...goodLedger(), anItemRow({ amount: '10', postedOn: '2025-12-30', dueOn: '2026-01-30' })]);
    expect(await world.stage.handle(world.batch('c-1'))).toEqual({ evaluated: 1, changed: 0 });
    expect(world.store.ratings).toHaveLength(1);
  });

  it('writes the next version with what it replaces', async () => {
    world.known('c-1', goodLedger());
    await world.stage.handle(world.batch('c-1'));
    world.known('c-1', [...goodLedger(), anItemRow({ amount: '400000', postedOn: '2025-07-01', dueOn: '2025-07-31' })]);
    await world.stage.handle(world.batch('c-1'));
    expect(world.store.current('c-1')).toMatchObject({ version: 2, grade: 'D', limit: '0', hold: 'all' });
    expect(world.published()[1]).toMatchObject({
      sequence: 2,
      data: { version: 2, previous: { version: 1, grade: 'AAA', termDays: 90, limit: '520000', hold: 'none' } },
    });
  });

  it('does nothing for a batch that was applied', async () => {
    world.known('c-1', goodLedger());
    const first = world.batch('c-1');
    await world.stage.handle(first);
    world.known('c-1', []);
    expect(await world.stage.handle(first)).toEqual({ evaluated: 0, changed: 0 });
    expect(world.store.ratings).toHaveLength(1);
  });

  it('passes over who is no customer, and messages without one', async () => {
    world.known('own', [], {
      summary: { attributes: {}, accounts: [], receivables: [], openOrders: [], isCustomer: false },
    });
    world.known('gone', goodLedger(), { status: 'retired', mergedInto: 'c-1' });
    const strange = world.batch('own', 'gone', 'unknown');
    strange.messages.push({ offset: 99, key: null, value: null, timestamp: 0 });
    expect(await world.stage.handle(strange)).toEqual({ evaluated: 0, changed: 0 });
    expect(await world.stage.handle({ ...strange, messages: [] })).toEqual({ evaluated: 0, changed: 0 });
    expect(world.store.published).toEqual([]);
  });

  it('reads rates only when something is in another currency', async () => {
    world.known('c-1', goodLedger());
    await world.stage.handle(world.batch('c-1'));
    expect(world.store.rateReads).toBe(0);
  });

  it('rates again by the calendar who waits for an exchange rate', async () => {
    world.known(
      'c-1',
      goodLedger().map((item) => ({ ...item, currency: 'USD' })),
    );
    await world.stage.handle(world.batch('c-1'));
    expect(world.store.current('c-1')?.reasons[0].code).toBe('MISSING_RATE_USD');
    expect(await world.stage.calendar.run(world.today)).toEqual({ evaluated: 1, changed: 0 });
    world.store.rates = [{ system: 'erp', currency: 'USD', validFrom: '2025-01-01', rate: '0.14' }];
    expect(await world.stage.calendar.run(world.today)).toEqual({ evaluated: 1, changed: 1 });
    expect(world.store.current('c-1')).toMatchObject({ version: 2, grade: 'AAA' });
    expect(await world.stage.calendar.run(world.today)).toEqual({ evaluated: 0, changed: 0 });
  });

  it('lets a rating change by the calendar alone', async () => {
    world.known('c-1', [...goodLedger(), anItemRow({ amount: '1000', postedOn: '2025-12-01', dueOn: '2025-12-31' })]);
    await world.stage.handle(world.batch('c-1'));
    expect(world.store.current('c-1')?.hold).toBe('none');
    world.today = '2026-03-15';
    expect(await world.stage.calendar.run(world.today)).toEqual({ evaluated: 1, changed: 1 });
    expect(world.store.current('c-1')?.reasons.map(({ code }) => code)).toContain('H05_OLDEST_60');
    expect(await world.stage.calendar.run(world.today)).toEqual({ evaluated: 0, changed: 0 });
  });

  it('pages through all customers, and stops when told', async () => {
    for (let index = 0; index < 1_001; index += 1) world.known(`c-${index}`, []);
    const stopped = new AbortController();
    stopped.abort();
    expect(await world.stage.calendar.run(world.today, stopped.signal)).toEqual({ evaluated: 0, changed: 0 });
    expect(await world.stage.calendar.run(world.today)).toEqual({ evaluated: 1_001, changed: 1_001 });
    expect(world.commits).toBe(3);
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
      world.today = date;
      world.now = Date.parse(`${date}T08:00:00Z`);
      await world.stage.calendar.run(date);
      return world.store.current('c-1');
    };

    it('follows the facts until the first review, and then moves on review dates alone', async () => {
      world.known('c-1', goodLedger());
      expect((await day('2025-11-10'))?.grade).toBe('AAA');
      world.known('c-1', lateLedger());
      const early = await day('2025-11-11');
      expect(early?.derivation?.byReview).toBe(early?.derivation?.byScore);
      world.known('c-1', goodLedger());
      await day('2025-12-01');
      expect(world.store.current('c-1')?.derivation?.byReview).toBe('AAA');
      world.known('c-1', lateLedger());
      for (const date of ['2025-12-02', '2025-12-30', '2026-01-01']) {
        await day(date);
        const { standing } = world.store.standings.at(-1) ?? {};
        expect([date, standing?.grade]).toEqual([date, 'AAA']);
      }
      await day('2026-02-01');
      expect(world.store.standings.at(-1)).toMatchObject({ asOf: '2026-02-01' });
      expect(world.store.standings.at(-1)?.standing.grade).not.toBe('AAA');
    });

    it('is the same however often, and after whatever came first, a day is rated', async () => {
      world.known('c-1', goodLedger());
      await day('2025-11-10');
      await day('2025-12-01');
      const before = JSON.stringify(world.store.standings);
      for (const items of [lateLedger(), [], goodLedger().slice(3), goodLedger()]) {
        world.known('c-1', items);
        await world.stage.handle(world.batch('c-1', 'c-1'));
      }
      expect(JSON.stringify(world.store.standings)).toBe(before);
      expect(world.store.current('c-1')).toMatchObject({ grade: 'AAA' });
    });

    it('writes no standing on a day that moves nobody', async () => {
      world.known('c-1', goodLedger());
      await day('2025-11-10');
      await day('2025-11-11');
      expect(world.store.standings.map(({ asOf }) => asOf)).toEqual(['2025-11-10']);
    });
  });

  describe('what people decided', () => {
    it('acts from the calendar’s next look to its last day', async () => {
      world.known('c-1', goodLedger());
      await world.stage.handle(world.batch('c-1'));
      world.store.overrides = [
        anOverride({ customerId: 'c-1', limit: '100000', validFrom: '2025-12-01', validTo: '2026-01-01' }),
      ];
      world.store.evaluatedOn.delete('c-1');
      await world.stage.calendar.run(world.today);
      expect(world.store.current('c-1')).toMatchObject({
        version: 2,
        limit: '100000',
        derivation: { overrides: ['v1'] },
      });
      expect(
        world
          .published()
          .at(-1)
          ?.data.reasons.map(({ code }) => code),
      ).toContain('OVERRIDE');
      world.today = '2026-01-02';
      await world.stage.calendar.run(world.today);
      expect(world.store.current('c-1')?.reasons.map(({ code }) => code)).not.toContain('OVERRIDE');
      expect(world.store.current('c-1')?.limit).not.toBe('100000');
    });
  });

  describe('a changed policy', () => {
    const second = (changes: [string, string][]) =>
      changes.reduce(
        (text, [from, to]) => {
          expect(text).toContain(from);
          return text.replace(from, to);
        },
        POLICY_FILE.text.replace('version: 1', 'version: 2'),
      );
    const stricter = second([['grade: AAA, min: 90', 'grade: AAA, min: 99.9']]);

    beforeEach(async () => {
      world.known('c-1', goodLedger());
      await world.stage.handle(world.batch('c-1'));
      world.now += 1_000;
    });

    it('reaches all customers by the calendar, without any event', async () => {
      world.stage = world.stageWith(stricter);
      expect(await world.stage.calendar.run(world.today)).toEqual({ evaluated: 1, changed: 1 });
      expect(world.store.current('c-1')).toMatchObject({ grade: 'AA', policyVersion: 2 });
      expect(await world.stage.calendar.run(world.today)).toEqual({ evaluated: 0, changed: 0 });
      expect(world.policies.policies.size).toBe(2);
    });

    it('waits for its day, and events before it are rated by the one before', async () => {
      world.stage = world.stageWith(stricter.replace('effective_from: 2025-01-01', 'effective_from: 2026-01-05'));
      expect(await world.stage.calendar.run(world.today)).toEqual({ evaluated: 0, changed: 0 });
      await world.stage.handle(world.batch('c-1'));
      expect(world.store.current('c-1')?.policyVersion).toBe(1);
      world.today = '2026-01-05';
      await world.stage.calendar.run(world.today);
      expect(world.store.current('c-1')?.policyVersion).toBe(2);
    });

    it('gives way to an older one that is put back', async () => {
      await world.stageWith(stricter).calendar.run(world.today);
      world.now += 1_000;
      await world.stageWith(POLICY_FILE.text).calendar.run(world.today);
      expect(world.store.current('c-1')).toMatchObject({ grade: 'AAA', policyVersion: 1, version: 3 });
    });

    it('is taken up by a process that was started with another file', async () => {
      await world.stageWith(stricter).calendar.run(world.today);
      await world.stage.calendar.run(world.today);
      await world.stage.handle(world.batch('c-1'));
      expect(world.store.current('c-1')?.policyVersion).toBe(2);
    });

    it('is no other for its comments', async () => {
      await world.stageWith(`# reviewed\n${POLICY_FILE.text}`).calendar.run(world.today);
      expect(world.policies.policies.size).toBe(1);
    });

    it('waits for approval when it moves too many, and takes effect when it has it', async () => {
      const next = world.stageWith(stricter, 0.5);
      expect(await next.calendar.run(world.today)).toEqual({ evaluated: 0, changed: 0 });
      expect(world.waiting).toEqual(['default-trade-credit@2']);
      const [, candidate] = await world.policies.list();
      expect(candidate).toMatchObject({ status: 'waiting', impact: { customers: 1, moved: 1, better: 0, worse: 1 } });
      await next.handle(world.batch('c-1'));
      expect(world.store.current('c-1')?.policyVersion).toBe(1);
      await world.policies.save({ ...candidate, status: 'accepted', decidedBy: 'key:admin' });
      await next.calendar.run(world.today);
      expect(world.store.current('c-1')?.policyVersion).toBe(2);
      expect(world.waiting).toHaveLength(1);
    });

    it('waits for nobody when it moves few enough', async () => {
      await world.stageWith(second([['auc_min: 0.70', 'auc_min: 0.71']]), 0).calendar.run(world.today);
      expect([world.waiting, world.store.current('c-1')?.policyVersion]).toEqual([[], 2]);
    });
  });
});
