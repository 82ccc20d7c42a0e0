import { join } from 'node:path';
import { baseFigures, columnsOf, type BuyerColumns } from '@syncline/analytics';
import { computeOnThread } from './computation-thread';
import { buffersIn } from './transferable';

/** Lets the thread run this repository's TypeScript. */
const TYPESCRIPT = { execArgv: ['-r', join(process.cwd(), 'test/e2e/support/swc-register.cjs')] };
const options = { pAliveMinCustomers: 10, keyAccountShare: 0.8 };

/** Customers who bought up to five times. */
function buyers(count = 60): BuyerColumns {
  const column = (make: (index: number) => number) => Float64Array.from({ length: count }, (_, index) => make(index));
  const numbers = columnsOf((name) => column((index) => (name === 'satisfaction' ? NaN : index)));
  numbers.repeats = column((index) => index % 5);
  numbers.lastAt = column((index) => (index % 5 === 0 ? 0 : 20 * (index % 5) + (index % 7)));
  numbers.observed = column((index) => 100 + (index % 11));
  return { numbers, profits: new Map([...Array(count).keys()].map((index) => [`c${index}`, `${100 - index}.10`])) };
}

describe('a computation on a thread of its own', () => {
  it('answers what it would here, and other work goes on meanwhile', async () => {
    const expected = baseFigures(buyers(), options);
    let turns = 0;
    const otherWork = setInterval(() => (turns += 1), 1);
    const answer = await computeOnThread(
      { name: 'baseFigures', input: { buyers: buyers(), options } },
      undefined,
      TYPESCRIPT,
    );
    clearInterval(otherWork);
    expect(answer).toEqual(expected);
    expect(expected.pAlive).not.toBeNull();
    expect(turns).toBeGreaterThan(0);
  });

  it('is given the columns, and copies none', async () => {
    const input = { buyers: buyers(), options };
    expect(buffersIn(input)).toHaveLength(Object.keys(input.buyers.numbers).length);
    await computeOnThread({ name: 'baseFigures', input }, undefined, TYPESCRIPT);
    expect(input.buyers.numbers.repeats).toHaveLength(0);
  });

  it('tells what went wrong on the thread', async () => {
    const wrong = buyers();
    wrong.numbers.repeats[3] = -1;
    const answer = computeOnThread({ name: 'baseFigures', input: { buyers: wrong, options } }, undefined, TYPESCRIPT);
    await expect(answer).rejects.toMatchObject({
      code: 'COMPUTATION_FAILED',
      cause: expect.objectContaining({ message: expect.stringContaining('purchases') }),
    });
  });

  it('ends when it is asked to', async () => {
    const stop = new AbortController();
    const answer = computeOnThread(
      { name: 'baseFigures', input: { buyers: buyers(), options } },
      stop.signal,
      TYPESCRIPT,
    );
    stop.abort();
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    const late = computeOnThread(
      { name: 'baseFigures', input: { buyers: buyers(), options } },
      stop.signal,
      TYPESCRIPT,
    );
    await expect(late).rejects.toMatchObject({ name: 'AbortError' });
  });
});
