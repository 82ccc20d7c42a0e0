import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program, runCommandLine } from './program';

describe('the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'syncline-cli-'));
  let printed: string[];

  beforeEach(() => {
    cpSync('config', join(folder, 'config'), { recursive: true });
    printed = [];
    for (const name of ['log', 'error'] as const) {
      jest.spyOn(console, name).mockImplementation((...parts: unknown[]) => void printed.push(parts.join(' ')));
    }
    process.exitCode = undefined;
  });

  afterEach(() => {
    jest.restoreAllMocks();
    process.exitCode = undefined;
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const run = async (...args: string[]): Promise<{ code: typeof process.exitCode; text: string }> => {
    await runCommandLine(['node', 'syncline', '--config', join(folder, 'config'), ...args]);
    return { code: process.exitCode, text: printed.join('\n') };
  };
  const change = (file: string, from: string, to: string): void => {
    const path = join(folder, 'config', file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  };

  it('ends with 2 and every finding when the configuration is wrong', async () => {
    change('syncline.yaml', 'time_zone:', 'time_zoen:');
    change('systems/erp.yaml', 'role: erp', 'role: pos');
    const { code, text } = await run('status');
    expect(code).toBe(2);
    expect(text).toContain('CONFIG_INVALID: the configuration has 3 findings');
    expect(text).toContain('did you mean "time_zone"?');
    expect(text).toMatch(/systems\/erp\.yaml:\d+:\d+: role is "pos"; expected erp or crm/);
  });

  it('lints the policy with file, line and column', async () => {
    expect(await run('policy', 'lint')).toMatchObject({ text: expect.stringContaining('no findings') });
    change('credit-policy.yaml', 'grace_days', 'grace_day');
    const { code, text } = await run('policy', 'lint');
    expect(code).toBe(1);
    expect(text).toMatch(/credit-policy\.yaml:\d+:\d+: .*grace_day/);
  });

  it('asks for no diff of a policy with findings', async () => {
    change('credit-policy.yaml', 'grace_days', 'grace_day');
    const path = join(folder, 'config', 'credit-policy.yaml');
    const { code, text } = await run('policy', 'diff', path, '--on', 'http://127.0.0.1:1');
    expect([code, text]).toEqual([1, expect.stringMatching(/credit-policy\.yaml:\d+:\d+: .*grace_day/)]);
    expect(text).not.toContain('API_UNREACHABLE');
  });

  it('diffs policies on the data of a running installation', async () => {
    const asked: { url: string; body: unknown }[] = [];
    const answer = {
      as_of: '2026-11-20',
      customers: 4,
      moved: 1,
      better: 1,
      worse: 0,
      exposure: '5',
      currency: 'CNY',
      grades: { B: { B: 3, A: 1 } },
      moves: [],
    };
    jest.spyOn(global, 'fetch').mockImplementation(async (url, init) => {
      asked.push({ url: String(url), body: JSON.parse(String(init?.body)) as unknown });
      return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });
    });
    process.env['SYNCLINE_API_KEY'] = 'syk_test';
    const policy = readFileSync(join(folder, 'config', 'credit-policy.yaml'), 'utf8');
    const older = join(folder, 'old.yaml');
    writeFileSync(older, policy.replace('version: 1', 'version: 7'));
    const newer = join(folder, 'config', 'credit-policy.yaml');
    const { code, text } = await run('policy', 'diff', older, newer, '--on', 'http://one', '--fail-above', '0.2');
    delete process.env['SYNCLINE_API_KEY'];
    expect(asked).toEqual([
      { url: 'http://one/policy/diff', body: { policy, base: readFileSync(older, 'utf8'), moves: 50 } },
    ]);
    expect([code, text]).toEqual([1, expect.stringContaining('1 of 4 customers (25.0 %) would move')]);
  });

  it('runs the tests beside the mappings', async () => {
    const { code, text } = await run('mapping', 'test');
    expect(text).toMatch(/\d+ tests passed, 0 failed/);
    expect(code).toBeUndefined();
  });

  it('says what a mapping makes of a file', async () => {
    const { text } = await run(
      'mapping',
      'run',
      'samples/small/scenarios/01-customer-created.ndjson.gz',
      '--system',
      'erp',
    );
    expect(text).toMatch(/1 {2}account$/m);
    expect(text).toMatch(/0 failed/);
  });

  it('says so when nothing answers, and what to do', async () => {
    process.env['SYNCLINE_API_KEY'] = 'syk_none';
    const { code, text } = await run('status', '--url', 'http://127.0.0.1:9');
    delete process.env['SYNCLINE_API_KEY'];
    expect(code).toBe(1);
    expect(text).toContain('API_UNREACHABLE: nothing answers at http://127.0.0.1:9');
    expect(text).toContain('syncline start');
  });

  it('describes every command and option', () => {
    const all = program().commands.flatMap((command) => [command, ...command.commands]);
    for (const command of all) {
      expect(command.description()).not.toBe('');
      for (const option of command.options) expect(option.description).not.toBe('');
    }
  });
});
