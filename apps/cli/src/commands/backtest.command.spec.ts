import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays } from '@syncline/model';
import { runCommandLine } from '../program';

/** Invoices every 30 days in 2023 and 2024, terms 30 days; `late` days after the due date they are paid. */
function linesOf(customer: string, late: number): string[] {
  return Array.from({ length: 24 }, (_, index) => {
    const invoiced = addDays('2023-01-10', index * 30);
    const due = addDays(invoiced, 30);
    const settled = addDays(due, late);
    return [
      customer,
      `${customer}-${index}`,
      invoiced,
      due,
      '1000.00',
      'CNY',
      settled > '2024-12-31' ? '' : settled,
      '',
    ].join();
  });
}

/** 35 customers that pay on time and 35 that pay 20 days late, and four lines that are odd. */
const ITEMS = [
  'Kunde,Beleg,invoice date,due date,amount,currency,settled date,disputed',
  ...Array.from({ length: 70 }, (_, index) => linesOf(`C${index}`, index % 2 === 0 ? -2 : 20)).flat(),
  'C0,odd-1,2024-01-10,,10.00,CNY,2024-01-15,',
  'C0,odd-2,2024-01-10,2024-01-01,10.00,CNY,2024-01-10,',
  'C0,odd-3,2024-01-10,2024-01-31,10.00,DOLLAR,,',
  'C0,odd-4,2024-01-10,2024-01-31,-10.00,CNY,2024-01-10,',
].join('\n');

jest.setTimeout(60_000);

describe('syncline backtest', () => {
  const folder = mkdtempSync(join(tmpdir(), 'syncline-backtest-'));
  const path = (name: string) => join(folder, name);
  let printed: string[];

  beforeAll(() => writeFileSync(path('items.csv'), ITEMS));
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
    await runCommandLine(['node', 'syncline', 'backtest', ...args]);
    return { code: process.exitCode, text: printed.join('\n') };
  };
  const columns = ['--column', 'customer=Kunde', '--column', 'invoice=Beleg'];
  const usual = [
    '--items',
    path('items.csv'),
    ...columns,
    '--known-until',
    '2024-12-31',
    '--every',
    'quarter',
    '--bootstrap',
    '50',
  ];

  it('finds what was put in, in text, JSON and a page', async () => {
    const { code, text } = await run(...usual, '--check', '--json', path('out.json'), '--html', path('out.html'));
    expect(text).toContain('35 customers went bad; at least 30 are needed');
    expect(text).toContain('The policy meets what its validation section asks for.');
    expect(code).toBeUndefined();
    expect(text).toMatch(/items\.csv:1682: due_date_missing \(kept\)/);
    expect(text).toMatch(/Of 1,684 lines 1,683 count; 4 findings/);
    const report = JSON.parse(readFileSync(path('out.json'), 'utf8')) as Record<string, unknown>;
    expect(report).toMatchObject({
      auc: 1,
      gini: 1,
      ks: 1,
      customers: 70,
      bad_customers: 35,
      auc_interval: { low: 1, high: 1 },
      monotonicity: { verdict: 'monotone' },
      verdict: { result: 'pass' },
      known_until: '2024-12-31',
    });
    expect(report['findings']).toMatchObject([
      { line: 1682, code: 'due_date_missing' },
      { line: 1683, code: 'due_before_invoice' },
      { line: 1684, code: 'currency_unknown' },
      { line: 1685, code: 'amount_negative' },
    ]);
  });

  it('makes a page that needs nothing else and shows no markup of the data', async () => {
    writeFileSync(path('<b>.csv'), ITEMS);
    await run('--items', path('<b>.csv'), ...usual.slice(2), '--html', path('out.html'));
    const page = readFileSync(path('out.html'), 'utf8');
    expect(page).toContain('prefers-color-scheme: dark');
    expect(page.match(/<svg /g)?.length).toBeGreaterThanOrEqual(4);
    expect(page).not.toMatch(/<script|<link|src=|url\(|https?:/);
    expect(page).not.toContain('<b>.csv');
    expect(page).toContain('&#60;b&#62;.csv');
  });

  it('is the same for the same seed', async () => {
    await run(...usual, '--json', path('one.json'));
    await run(...usual, '--json', path('two.json'));
    expect(readFileSync(path('two.json'), 'utf8')).toBe(readFileSync(path('one.json'), 'utf8'));
  });

  it('says that there are too few bad customers, and fails the check', async () => {
    writeFileSync(
      path('few.csv'),
      ITEMS.split('\n')
        .slice(0, 1 + 24 * 20)
        .join('\n'),
    );
    const { code, text } = await run('--items', path('few.csv'), ...usual.slice(2), '--check');
    expect(code).toBe(1);
    expect(text).toContain('No verdict: too few customers went bad to judge by.');
    expect(text).toContain('CHECK_FAILED');
  });

  it.each([
    [['--items', 'none.csv'], 'INPUT_UNREADABLE: none.csv'],
    [[], 'ITEMS_UNUSABLE: there are no items'],
    [['--items', path('items.csv')], 'no column customer, invoice'],
    [[...usual, '--column', 'x=y'], '--column x=y'],
    [[...usual, '--rate', 'USD'], '--rate USD=7.10'],
    [[...usual, '--from', '2026-01-01'], 'there is no end of a quarter from 2026-01-01'],
    [[...usual, '--policy', 'none.yaml'], 'INPUT_UNREADABLE: none.yaml'],
    [[...usual, '--html', join(folder, 'no', 'such', 'folder.html')], 'OUTPUT_UNWRITABLE'],
  ])('%j ends with %s', async (args, message) => {
    const { code, text } = await run(...args);
    expect(code).toBe(1);
    expect(text).toContain(message);
  });
});
