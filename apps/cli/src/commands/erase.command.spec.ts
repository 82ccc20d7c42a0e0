import { runCommandLine } from '../program';

describe('erasing on the command line', () => {
  const printed: string[] = [];
  const asked: [string, string, unknown][] = [];

  beforeEach(() => {
    printed.length = asked.length = 0;
    for (const name of ['log', 'error'] as const)
      jest.spyOn(console, name).mockImplementation((...parts: unknown[]) => void printed.push(parts.join(' ')));
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    jest.spyOn(global, 'fetch').mockImplementation(async (url, init) => {
      asked.push([String(init?.method), String(url), JSON.parse(String(init?.body)) as unknown]);
      const answer = { customer_id: 'c1', accounts: 2, records: 7, values: 9 };
      return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });
    });
    process.env['SYNCLINE_API_KEY'] = 'syk_test';
  });

  afterEach(() => {
    jest.restoreAllMocks();
    delete process.env['SYNCLINE_API_KEY'];
    process.exitCode = undefined;
  });

  const run = (...args: string[]): Promise<void> =>
    runCommandLine(['node', 'syncline', 'erase', 'c1', '--url', 'http://one', ...args]);

  it('says what is gone', async () => {
    await run('--reason', 'request 17', '--yes');
    expect(asked).toEqual([['POST', 'http://one/customers/c1/erase', { reason: 'request 17' }]]);
    expect(printed).toEqual(['c1: 9 values of 7 records erased, of 2 accounts']);
  });
});
