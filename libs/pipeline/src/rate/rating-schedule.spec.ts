import { RatingSchedule } from './rating-schedule';

describe('the schedule', () => {
  it('asks for today again and again, tells failures and stops', async () => {
    const due: (() => void)[] = [];
    const asked: string[] = [];
    const errors: unknown[] = [];
    const outcomes = [() => Promise.reject(new Error('down')), () => Promise.resolve({ evaluated: 0, changed: 0 })];
    let cancelled = false;
    const schedule = new RatingSchedule(
      {
        run: (asOf) => {
          asked.push(asOf);
          return outcomes[asked.length - 1]();
        },
      },
      { today: () => '2026-01-01' },
      (error) => errors.push(error),
      1_000,
      (ms, run) => {
        expect(ms).toBe(1_000);
        due.push(run);
        return () => (cancelled = true);
      },
    );
    schedule.start();
    for (let round = 0; round < 2; round += 1) {
      due[round]();
      while (due.length === round + 1) await Promise.resolve();
    }
    expect(asked).toEqual(['2026-01-01', '2026-01-01']);
    expect(errors).toEqual([new Error('down')]);
    await schedule.stop();
    expect(cancelled).toBe(true);
    schedule.start();
    expect(due).toHaveLength(3);
  });
});
