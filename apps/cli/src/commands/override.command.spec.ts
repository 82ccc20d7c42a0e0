import { runCommandLine } from '../program';

const OVERRIDE = {
  id: 'o1',
  customer_id: 'c1',
  kind: 'override',
  status: 'proposed',
  grade: 'A',
  term_days: 45,
  limit: '800000',
  hold: null,
  reason: 'bank guarantee',
  valid_from: '2026-11-22',
  valid_to: '2027-01-31',
  proposed_by: 'li',
  decided_by: null,
};

interface Asked {
  method: string;
  path: string;
  body?: unknown;
}

describe('decisions of people on the command line', () => {
  let printed: string[];
  let asked: Asked[];
  let answer: { status: number; body?: unknown };

  beforeEach(() => {
    printed = [];
    asked = [];
    for (const name of ['log', 'error'] as const)
      jest.spyOn(console, name).mockImplementation((...parts: unknown[]) => void printed.push(parts.join(' ')));
    jest.spyOn(global, 'fetch').mockImplementation(async (url, init) => {
      const body = init?.body === undefined ? {} : { body: JSON.parse(String(init.body)) as unknown };
      asked.push({ method: String(init?.method), path: String(url).replace('http://one', ''), ...body });
      const type = { headers: { 'content-type': 'application/json' }, status: answer.status };
      return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), type);
    });
    answer = { status: 200, body: OVERRIDE };
    process.env['SYNCLINE_API_KEY'] = 'syk_test';
    process.exitCode = undefined;
  });

  afterEach(() => {
    jest.restoreAllMocks();
    delete process.env['SYNCLINE_API_KEY'];
    process.exitCode = undefined;
  });

  const run = async (...args: string[]): Promise<string> => {
    await runCommandLine(['node', 'syncline', ...args, '--url', 'http://one']);
    return printed.join('\n');
  };

  it.each([
    [[], '/overrides?status=proposed'],
    [['--status', 'approved'], '/overrides?status=approved'],
    [['--customer', 'c/1'], '/customers/c%2F1/overrides'],
  ])('lists %j', async (options, path) => {
    answer.body = { items: [OVERRIDE] };
    const text = await run('override', 'list', ...options);
    expect(asked).toEqual([{ method: 'GET', path }]);
    expect(text).toMatch(
      /o1 +c1 +override +proposed +grade A, 45 d, limit 800,000 +2026-11-22 to 2027-01-31 +li +- +bank guarantee/,
    );
  });

  it('proposes what was said and nothing else', async () => {
    const said = ['--grade', 'A', '--term-days', '45', '--reason', 'bank guarantee', '--to', '2027-01-31'];
    const text = await run('override', 'propose', 'c1', ...said);
    const body = { kind: 'override', grade: 'A', term_days: 45, reason: 'bank guarantee', valid_to: '2027-01-31' };
    expect(asked).toEqual([{ method: 'POST', path: '/customers/c1/overrides', body }]);
    expect(text).toBe('o1: override grade A, 45 d, limit 800,000, 2026-11-22 to 2027-01-31: proposed');
  });

  it.each([
    ['--term-days', '45d'],
    ['--to', 'end of March'],
  ])('asks the API nothing when %s is %j', async (option, value) => {
    const refusal = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    jest.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Error(`ended with ${code}`);
    });
    expect(await run('override', 'propose', 'c1', option, value)).toContain('ended with 1');
    expect(String(refusal.mock.calls)).toContain(option);
    expect(asked).toEqual([]);
  });

  it.each([
    ['approve', 'approve'],
    ['reject', 'reject'],
    ['withdraw', 'reject'],
    ['revoke', 'revoke'],
  ])('%s asks the API to %s', async (command, action) => {
    await run('override', command, 'o1');
    expect(asked).toEqual([{ method: 'POST', path: `/overrides/o1/${action}`, body: {} }]);
  });

  it('says why the API refuses, and ends with 1', async () => {
    answer = { status: 403, body: { code: 'OVERRIDE_SAME_PERSON', detail: 'the proposer never approves' } };
    expect(await run('override', 'approve', 'o1')).toContain('OVERRIDE_SAME_PERSON: the proposer never approves');
    expect(process.exitCode).toBe(1);
  });

  it('puts a customer in a class, and gives it back to the rules', async () => {
    answer.body = { class: 'strategic', decided_by: 'li' };
    await run('class', 'set', 'c1', 'strategic', '--reason', 'the board says so');
    answer = { status: 204 };
    const text = await run('class', 'clear', 'c1');
    const body = { class: 'strategic', reason: 'the board says so' };
    expect(asked).toEqual([
      { method: 'PUT', path: '/customers/c1/class', body },
      { method: 'DELETE', path: '/customers/c1/class' },
    ]);
    expect(text).toBe('c1: strategic, decided by li\nc1: the rules decide');
  });
});
