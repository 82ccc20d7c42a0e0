import { ShutdownSequence } from './shutdown';

describe('ShutdownSequence', () => {
  it('closes intake first and databases last, whatever the order of adding, once', async () => {
    const closed: string[] = [];
    const sequence = new ShutdownSequence(1_000);
    for (const [phase, name] of [
      ['databases', 'store'],
      ['producers', 'log'],
      ['intake', 'http'],
      ['work', 'relay'],
    ] as const) {
      sequence.add(phase, name, async () => void closed.push(name));
    }
    await Promise.all([sequence.run(), sequence.run()]);
    expect(closed).toEqual(['http', 'relay', 'log', 'store']);
  });

  it('goes on when a step fails or hangs, and says so', async () => {
    const closed: string[] = [];
    const sequence = new ShutdownSequence(40);
    sequence.add('intake', 'consumer', () => new Promise(() => undefined));
    sequence.add('work', 'relay', () => Promise.reject(new Error('no')));
    sequence.add('databases', 'store', async () => void closed.push('store'));
    const { problems } = await sequence.run();
    expect(problems.map(({ name }) => name)).toEqual(['consumer', 'relay']);
    expect(closed).toEqual(['store']);
  });
});
