import { CatchUpGate } from './catch-up-gate';

describe('the catch-up gate', () => {
  let backlog: number;
  let now: number;
  let pauses: number;
  let beats: number;
  let gate: CatchUpGate;
  const stopping = new AbortController();
  const control = {
    signal: stopping.signal,
    heartbeat: () => {
      beats += 1;
      return Promise.resolve();
    },
  };

  beforeEach(() => {
    [backlog, now, pauses, beats] = [0, 0, 0, 0];
    gate = new CatchUpGate({
      backlogMessages: 100,
      patienceMs: 60_000,
      backlog: () => Promise.resolve(backlog),
      clock: { elapsed: () => now },
      pause: (ms) => {
        pauses += 1;
        now += ms;
        if (pauses === 3) backlog = 100;
        return Promise.resolve();
      },
    });
  });

  it('is open while the stages ahead keep up', async () => {
    backlog = 100;
    await gate.pass(control);
    expect(pauses).toBe(0);
  });

  it('believes for a second that it is open', async () => {
    expect(await gate.isOpen()).toBe(true);
    backlog = 5_000;
    now = 999;
    expect(await gate.isOpen()).toBe(true);
    now = 1_000;
    expect(await gate.isOpen()).toBe(false);
  });

  it('opens when they have caught up, and keeps the membership meanwhile', async () => {
    backlog = 5_000;
    await gate.pass(control);
    expect([pauses, beats]).toEqual([3, 3]);
  });

  it('opens by turns when they stay behind', async () => {
    backlog = 5_000;
    const openAt = async (at: number) => {
      now = at;
      return gate.isOpen();
    };
    expect(await openAt(0)).toBe(false);
    expect(await openAt(59_999)).toBe(false);
    expect(await openAt(60_000)).toBe(true);
    expect(await openAt(119_999)).toBe(true);
    expect(await openAt(120_000)).toBe(false);
  });

  it('lets a stage that stops go on', async () => {
    backlog = 5_000;
    stopping.abort();
    await gate.pass(control);
    expect(pauses).toBe(0);
  });
});
