import { storeError } from '../errors';
import { retryContention } from './transient-retry';

describe('transactions that got in each other’s way', () => {
  it('run again until they succeed', async () => {
    let tries = 0;
    const result = await retryContention(async () => {
      tries += 1;
      if (tries < 3) throw storeError('STORE_CONTENTION', 'deadlock');
      return 'done';
    });
    expect([result, tries]).toEqual(['done', 3]);
  });

  it('give up after a few tries', async () => {
    let tries = 0;
    const failing = retryContention(async () => {
      tries += 1;
      throw storeError('STORE_CONTENTION', 'deadlock');
    });
    await expect(failing).rejects.toMatchObject({ code: 'STORE_CONTENTION', kind: 'transient' });
    expect(tries).toBe(5);
  });

  it('do not run again for another error', async () => {
    let tries = 0;
    const failing = retryContention(async () => {
      tries += 1;
      throw new Error('bug');
    });
    await expect(failing).rejects.toThrow('bug');
    expect(tries).toBe(1);
  });
});
