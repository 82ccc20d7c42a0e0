import { anInsightRun } from '@syncline/testing';
import { InsightCalendar } from './insight-calendar';
import type { InsightExtent, InsightRun } from './insight-store.port';

const TODAY = '2026-07-15';

describe('the calendar of insight', () => {
  let extent: InsightExtent;
  let last: InsightRun | undefined;
  let runs: string[];
  let requests: Map<string, string>;
  let starts: string[];
  let calendar: InsightCalendar;

  beforeEach(() => {
    extent = { customers: 10, documents: 100 };
    last = undefined;
    runs = [];
    requests = new Map();
    starts = [];
    calendar = new InsightCalendar(
      {
        extent: async () => ({ ...extent }),
        lastRun: async () => last,
        requestedAt: async (asOf) => requests.get(asOf),
      },
      {
        run: async (asOf) => {
          runs.push(asOf);
          last = anInsightRun({ asOf, startedAt: starts.shift() ?? anInsightRun().startedAt, extent: { ...extent } });
          return { evaluated: 10, changed: 0 };
        },
      },
    );
  });

  const look = async (times = 1, asOf = TODAY) => {
    for (let time = 0; time < times; time += 1) await calendar.run(asOf);
  };

  it('evaluates once a day, when nothing came between two looks', async () => {
    await look();
    expect(runs).toEqual([]);
    await look(5);
    expect(runs).toEqual([TODAY]);
    await look(2, '2026-07-16');
    expect(runs).toEqual([TODAY, '2026-07-16']);
  });

  it('does nothing without customers', async () => {
    extent = { customers: 0, documents: 0 };
    await look(5);
    expect(runs).toEqual([]);
  });

  it('waits for a load to end, but not for ever', async () => {
    for (let time = 0; time < 360; time += 1) {
      extent.documents += 1;
      await look();
    }
    expect(runs).toEqual([]);
    extent.documents += 1;
    await look();
    expect(runs).toEqual([TODAY]);
  });

  it('evaluates the day again after a load, not after single documents', async () => {
    await look(2);
    extent.documents = 109;
    await look(3);
    expect(runs).toHaveLength(1);
    extent.documents = 111;
    await look(3);
    expect(runs).toHaveLength(2);
    extent.customers = 11;
    await look(3);
    expect(runs).toHaveLength(3);
  });

  it('evaluates at once what was asked for, also a day that was evaluated, and each request once', async () => {
    starts.push(`${TODAY}T08:00:00.000Z`, `${TODAY}T10:00:00.000Z`);
    requests.set(TODAY, `${TODAY}T07:00:00.000Z`);
    await look();
    expect(runs).toEqual([TODAY]);
    await look(3);
    expect(runs).toHaveLength(1);
    requests.set(TODAY, `${TODAY}T09:00:00.000Z`);
    await look(3);
    expect(runs).toHaveLength(2);
  });

  it('does not go back when the business date does', async () => {
    await look(2);
    await look(3, '2026-07-14');
    expect(runs).toEqual([TODAY]);
  });
});
