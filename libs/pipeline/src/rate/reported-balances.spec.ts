import { epochDay, localDateOfEpochDay } from '@syncline/model';
import { anItemRow, goodLedger, RateStageWorld } from './rate-stage.fixture';

describe('balances that a system reports', () => {
  let world: RateStageWorld;

  beforeEach(() => {
    world = new RateStageWorld();
  });

  /** The year's sales are unpaid until the 25th of the next month, so that one invoice is open at each month's end. */
  const reported = (amount: string, asOf = '2025-12-31') => {
    world.store.balances = [{ customerId: 'c-1', system: 'erp', accountKey: '1', currency: null, asOf, amount }];
  };
  const features = () => world.store.current('c-1')?.features ?? {};
  const codes = () => (world.store.current('c-1')?.reasons ?? []).map(({ code }) => code);

  it('say nothing where there are none', async () => {
    world.known('c-1', goodLedger());
    await world.stage.handle(world.batch('c-1'));
    expect(features()).not.toHaveProperty('recon_diff_abs');
    expect(codes()).not.toContain('H12_RECON_BREAK');
  });

  it('freeze upgrades while nothing explains the difference, and let go when it is corrected', async () => {
    const late = (paidAfter: number) =>
      goodLedger().map((item) => {
        const on = localDateOfEpochDay(epochDay(item.dueOn!) + paidAfter);
        return { ...item, settledOn: on, settlements: [{ on, amount: item.amount, cash: true }] };
      });
    world.known('c-1', late(20));
    await world.stage.handle(world.batch('c-1'));
    const before = world.store.current('c-1')!.grade;
    world.today = '2026-01-20';
    world.known('c-1', goodLedger());
    reported('4000', '2026-01-19');
    await world.stage.handle(world.batch('c-1'));
    expect(world.store.current('c-1')?.grade).toBe(before);
    expect(codes()).toContain('H12_RECON_BREAK');
    expect(features()).toMatchObject({ recon_diff_abs: '4000', recon_tolerance: '0.01' });
    reported('0.01', '2026-01-19');
    await world.stage.handle(world.batch('c-1'));
    expect(world.store.current('c-1')?.grade).toBe('AAA');
    expect(codes()).not.toContain('H12_RECON_BREAK');
    expect(features()).toMatchObject({ recon_diff_abs: '0' });
  });

  it('freeze upgrades when the last of them is too old', async () => {
    world.known('c-1', goodLedger());
    world.today = '2026-01-20';
    reported('0.01', '2026-01-19');
    await world.stage.handle(world.batch('c-1'));
    expect(codes()).not.toContain('H12_RECON_BREAK');
    world.today = '2026-01-21';
    await world.stage.handle(world.batch('c-1'));
    expect(codes()).toContain('H12_RECON_BREAK');
  });

  it('do not freeze where a typed break explains it', async () => {
    const draft = anItemRow({ postedOn: '2025-12-01', dueOn: '2025-12-31', amount: '500' });
    world.known('c-1', [draft]);
    reported('0');
    world.store.records = [
      {
        system: 'erp',
        kind: 'receivable_item',
        key: draft.key,
        fields: {},
        refs: { account: '1', posting: 'p' },
      },
      { system: 'erp', kind: 'posting', key: 'p', fields: { state: 'draft' }, refs: {} },
    ];
    await world.stage.handle(world.batch('c-1'));
    expect(features()).toMatchObject({ recon_diff_abs: '0', recon_tolerance: '0.01' });
    world.store.records = [];
    await world.stage.handle(world.batch('c-1'));
    expect(codes()).toContain('H12_RECON_BREAK');
  });

  it('count only up to the day of the rating, and the latest of them', async () => {
    world.known('c-1', [anItemRow({ postedOn: '2025-12-01', dueOn: '2025-12-31', amount: '500' })]);
    world.store.balances = ['2025-11-30', '2025-12-30', '2026-01-01'].map((asOf, index) => ({
      customerId: 'c-1',
      system: 'erp',
      accountKey: '1',
      currency: 'CNY',
      asOf,
      amount: ['7', '500', '9'][index]!,
    }));
    await world.stage.handle(world.batch('c-1'));
    expect(features()).toMatchObject({ recon_diff_abs: '0' });
  });

  it('of long ago are held against what was open then, however long it has been paid', async () => {
    world.today = '2027-06-30';
    world.known('c-1', goodLedger());
    reported('100000', '2025-06-10');
    await world.stage.handle(world.batch('c-1'));
    expect(features()).toMatchObject({ recon_diff_abs: '0', recon_tolerance: '0.01' });
  });
});
