import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { itemsWorkload } from '../../../../test/bench/items-workload';
import { runCommandLine } from '../program';

jest.setTimeout(60_000);

describe('syncline policy fit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'syncline-fit-'));
  const path = (name: string) => join(folder, name);
  let printed: string[];

  beforeAll(() => {
    writeFileSync(path('items.csv'), [...itemsWorkload({ customers: 150, items: 6_000, seed: 2 })].join('\n'));
    writeFileSync(path('few.csv'), [...itemsWorkload({ customers: 20, items: 800, seed: 2 })].join('\n'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeEach(() => {
    printed = [];
    for (const name of ['log', 'error'] as const)
      jest.spyOn(console, name).mockImplementation((...parts: unknown[]) => void printed.push(parts.join(' ')));
    process.exitCode = undefined;
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.exitCode = undefined;
  });

  const run = async (...args: string[]): Promise<{ code: typeof process.exitCode; text: string }> => {
    await runCommandLine(['node', 'syncline', 'policy', ...args]);
    return { code: process.exitCode, text: printed.join('\n') };
  };
  const usual = ['--every', 'quarter', '--bootstrap', '50', '--from', '2022-01-01'];

  it('writes a policy that passes lint, and says how it compares on later reviews', async () => {
    const out = path('fitted.yaml');
    const { code, text } = await run(
      'fit',
      '--items',
      path('items.csv'),
      ...usual,
      '--out',
      out,
      '--json',
      path('fit.json'),
      '--html',
      path('fit.html'),
    );
    expect(text).toContain('of which nothing was learnt');
    expect(code).toBeUndefined();
    expect(text).toMatch(/AUC +0\.\d{3} +0\.\d{3}/);
    expect(await run('lint', out)).toMatchObject({ code: undefined, text: expect.stringContaining('no findings') });
    expect(readFileSync(out, 'utf8')).toMatch(
      /id: default-trade-credit-fitted, version: 1, effective_from: 2025-01-01/,
    );
    const report = JSON.parse(readFileSync(path('fit.json'), 'utf8')) as { fit: { features: { feature: string }[] } };
    expect(report.fit.features.map(({ feature }) => feature)).toContain('pay_index');
    expect(readFileSync(path('fit.html'), 'utf8')).toContain('The fit, and the expert policy');
  });

  it('writes nothing when too few went bad, and says so', async () => {
    const { code, text } = await run('fit', '--items', path('few.csv'), ...usual, '--out', path('none.yaml'));
    expect(code).toBe(1);
    expect(text).toMatch(/FIT_REFUSED: nothing is fitted: \d+ customers went bad in training; at least 30 are needed/);
    expect(existsSync(path('none.yaml'))).toBe(false);
  });

  it('never writes over the expert policy', async () => {
    const { code, text } = await run('fit', '--items', path('few.csv'), '--out', 'config/credit-policy.yaml');
    expect(code).toBe(1);
    expect(text).toContain('OUTPUT_UNWRITABLE');
  });
});
