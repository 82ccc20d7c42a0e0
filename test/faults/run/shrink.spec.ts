import type { Fault } from '../schedule/fault';
import { shrink } from './shrink';

const kill = (atChunk: number): Fault => ({ atChunk, kind: 'kill', afterMs: 0 });

describe('shrinking', () => {
  it('leaves the faults that it takes and no other', async () => {
    const faults = [1, 2, 3, 4, 5, 6].map(kill);
    const needs =
      (...chunks: number[]) =>
      (some: readonly Fault[]) =>
        Promise.resolve(chunks.every((at) => some.some(({ atChunk }) => atChunk === at)));
    expect(await shrink(faults, needs(2, 5))).toEqual([kill(2), kill(5)]);
    expect(await shrink(faults, needs())).toEqual([]);
    expect(await shrink(faults, needs(1, 2, 3, 4, 5, 6))).toEqual(faults);
  });
});
