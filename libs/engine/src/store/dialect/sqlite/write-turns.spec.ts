import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { WriteTurns } from './write-turns';

/** A thread that counts up with the same turns, in JavaScript, so that no transform is needed. */
const COUNTER = `
  require('${join(process.cwd(), 'test/e2e/support/swc-register.cjs')}');
  const { WriteTurns } = require('${join(__dirname, 'write-turns.ts')}');
  const { shared, counter, times } = require('node:worker_threads').workerData;
  const turns = new WriteTurns(shared);
  const cell = new Int32Array(counter);
  const count = async () => {
    for (let time = 0; time < times; time++)
      await turns.run(async () => {
        const before = cell[0];
        await Promise.resolve();
        cell[0] = before + 1;
      });
  };
  count();
`;

describe('turns at writing', () => {
  it('are taken one after the other, in the order of asking', async () => {
    const turns = new WriteTurns();
    const seen: string[] = [];
    const one = (name: string) =>
      turns.run(async () => {
        seen.push(`${name} in`);
        await Promise.resolve();
        seen.push(`${name} out`);
      });
    await Promise.all([one('a'), one('b'), one('c')]);
    expect(seen).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
  });

  it('are given on when the work fails', async () => {
    const turns = new WriteTurns();
    await expect(turns.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(turns.run(() => 1)).resolves.toBe(1);
  });

  it('hold among threads', async () => {
    const turns = new WriteTurns();
    const counter = new SharedArrayBuffer(4);
    const cell = new Int32Array(counter);
    const times = 200;
    const workerData = { shared: turns.shared, counter, times };
    const workers = [1, 2].map(() => new Worker(COUNTER, { eval: true, workerData }));
    const ended = workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve)));
    for (let time = 0; time < times; time++)
      await turns.run(async () => {
        const before = cell[0]!;
        await Promise.resolve();
        cell[0] = before + 1;
      });
    expect(await Promise.all(ended)).toEqual([0, 0]);
    expect(cell[0]).toBe(3 * times);
  }, 60_000);
});
