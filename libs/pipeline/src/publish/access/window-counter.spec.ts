import fc from 'fast-check';
import { WindowCounter } from './window-counter';

describe('WindowCounter', () => {
  it('counts what a plain list of moments counts', () => {
    const step = fc.record({ name: fc.constantFrom('a', 'b'), after: fc.integer({ min: 0, max: 700 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const counter = new WindowCounter(1_000, 10);
        const begun = new Map<string, number[]>();
        let now = 0;
        for (const { name, after } of steps) {
          now += after;
          const open = begun.get(name) ?? [];
          const list = open.length > 0 && now < open[0] + 1_000 ? [...open, now] : [now];
          begun.set(name, list);
          expect(counter.add(name, now)).toEqual({ count: list.length, endsAt: list[0] + 1_000 });
        }
      }),
    );
  });

  it('keeps no more names than it may, whatever comes', () => {
    const counter = new WindowCounter(1_000, 3);
    for (let i = 0; i < 1_000; i++) counter.add(`n${i}`, 0);
    expect(counter.size).toBe(3);
    expect(counter.at('n999', 0)).toEqual({ count: 1, endsAt: 1_000 });
    expect(counter.at('n0', 0)).toBeUndefined();
  });

  it('forgets a window at its end, or at the one that was set', () => {
    const counter = new WindowCounter(1_000, 3);
    counter.add('a', 0);
    expect([counter.at('a', 999)?.count, counter.at('a', 1_000)]).toEqual([1, undefined]);
    counter.extend('a', 5_000);
    expect([counter.at('a', 4_999)?.count, counter.at('a', 5_000)]).toEqual([1, undefined]);
  });
});
