import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { accountLines } from '../../../../test/bench/accounts-workload';
import { runCommandLine } from '../program';

jest.setTimeout(60_000);

const COLUMNS = `
kind: organisation
id: id
attributes:
  name: [name]
  phone: [phone]
  email: [email]
  street: [street]
  city: [city]
  postal_code: [postal_code]
  identifier: [identifier]
`;

describe('syncline match', () => {
  const folder = mkdtempSync(join(tmpdir(), 'syncline-match-'));
  const path = (name: string) => join(folder, name);
  const lines = [...accountLines({ accounts: 600, seed: 4 })];
  let printed: string[];

  beforeAll(() => {
    writeFileSync(path('accounts.csv'), lines.join('\n'));
    writeFileSync(path('few.csv'), lines.slice(0, 40).join('\n'));
    writeFileSync(path('columns.yaml'), COLUMNS);
    writeFileSync(path('with-truth.yaml'), `${COLUMNS}truth: {column: party}\n`);
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
    await runCommandLine(['node', 'syncline', 'match', ...args]);
    return { code: process.exitCode, text: printed.join('\n') };
  };
  const records = (columns: string, file = 'accounts.csv') => ['--records', path(file), '--columns', path(columns)];

  describe('evaluate', () => {
    it('measures pairs and clusters, blocking and speed, and shows nobody’s data', async () => {
      const { code, text } = await run('evaluate', ...records('with-truth.yaml'));
      expect(code).toBeUndefined();
      const f1 = /pairs at the threshold of the file .* (\d\.\d{4})$/m.exec(text)?.[1];
      expect(Number(f1)).toBeGreaterThan(0.9);
      expect(text).toMatch(/pairs at the best threshold \([+-]\d+\.\d\d, 0\.\d{4}\)/);
      expect(text).toMatch(/blocking: \d+\.\d\d % of the true pairs meet .*; [\d,]+ pairs compared/);
      expect(text).toMatch(/records\/s in all; peak \d+ MB$/m);
      expect(text).not.toMatch(/公司|@|GmbH/);
    });

    it('shows the worst pairs with every comparison when it is asked to', async () => {
      const { text } = await run('evaluate', ...records('with-truth.yaml'), '--show', '2');
      expect(text).toMatch(/Are one, and not taken for it:\n {2}a\/\d+ ~ a\/\d+: [+-]\d+\.\d\d\n {4}\w+ \w+ [+-]\d/);
    });

    it('takes the truth from a file of pairs, and counts only pairs across two files', async () => {
      const rows = lines.slice(1).map((line) => line.split(','));
      const first = new Map<string, string>();
      const pairs: string[] = [];
      const [left, right] = [[lines[0]!], [lines[0]!]];
      rows.forEach(([id, party], at) => {
        const known = first.get(party!);
        if (known === undefined) left.push(lines[at + 1]!);
        else right.push(lines[at + 1]!);
        if (known === undefined) first.set(party!, id!);
        else pairs.push(`${known},${id}`);
      });
      writeFileSync(path('left.csv'), left.join('\n'));
      writeFileSync(path('right.csv.gz'), gzipSync(right.join('\n')));
      writeFileSync(path('pairs.csv'), ['a,b', ...pairs].join('\n'));
      const { text } = await run(
        'evaluate',
        ...records('columns.yaml', 'left.csv'),
        ...['--and', path('right.csv.gz'), '--truth', path('pairs.csv'), '--json'],
      );
      const figures = JSON.parse(text) as { truePairs: number; atShipped: { f1: number }; falsePositives: unknown[] };
      expect(figures.truePairs).toBe(pairs.length);
      expect(figures.atShipped.f1).toBeGreaterThan(0.9);
      expect(figures.falsePositives).toEqual([]);
    });

    it('measures pairs that people have labelled', async () => {
      const wide = [
        'left,right,same',
        '杭州力拓医疗器械有限公司,杭州力拓医械有限公司,true',
        '杭州力拓医疗器械有限公司,Acme GmbH,false',
      ];
      writeFileSync(path('labelled.csv'), wide.join('\n'));
      writeFileSync(
        path('labelled.yaml'),
        'kind: organisation\nleft: {name: [left]}\nright: {name: [right]}\nlabel: {column: same, same: ["true"]}\n',
      );
      const { code, text } = await run('evaluate', '--pairs', path('labelled.csv'), '--columns', path('labelled.yaml'));
      expect(code).toBeUndefined();
      expect(text).toContain('2 pairs, 1 of them of one party');
      expect(text).toMatch(/pairs at the best threshold .* 1\.0000 +1\.0000 +1\.0000$/m);
    });

    it.each([
      [['evaluate', '--columns', 'columns.yaml'], 'there are no records'],
      [['evaluate', '--records', 'none.csv', '--columns', 'columns.yaml'], "none.csv can't be read"],
      [['evaluate', '--records', 'accounts.csv', '--columns', 'columns.yaml'], 'nothing says who is who'],
      [['evaluate', '--records', 'twice.csv', '--columns', 'columns.yaml'], 'twice.csv:3: the id 0 is there twice'],
      [['evaluate', '--records', 'short.csv', '--columns', 'columns.yaml'], 'short.csv:3: Invalid Record Length'],
      [['evaluate', '--records', 'other.csv', '--columns', 'columns.yaml'], 'other.csv:1: no column name, phone'],
      [['evaluate', '--records', 'accounts.csv', '--columns', 'wrong.yaml'], 'did you mean name?'],
      [
        ['evaluate', '--records', 'accounts.csv', '--columns', 'columns.yaml', '--truth', 'unknown.csv'],
        'unknown.csv:3: no record has the id 99999',
      ],
    ])('%j ends with %s', async (args, message) => {
      writeFileSync(path('twice.csv'), [lines[0], lines[1], lines[1]].join('\n'));
      writeFileSync(path('short.csv'), [lines[0], lines[1], '1,2,3'].join('\n'));
      writeFileSync(path('other.csv'), 'id,nom\n1,x');
      writeFileSync(path('wrong.yaml'), 'kind: person\nid: id\nattributes: {naem: [name]}\n');
      writeFileSync(path('unknown.csv'), 'a,b\n0,1\n0,99999\n');
      const { code, text } = await run(...args.map((arg) => (/\.(csv|yaml)$/.test(arg) ? path(arg) : arg)));
      expect(code).toBe(1);
      expect(text).toContain('INPUT_UNREADABLE');
      expect(text).toContain(message);
    });
  });

  describe('estimate', () => {
    it('prints the weights that the records give beside those of the file, and writes them into it', async () => {
      const out = path('estimated.yaml');
      const { code, text } = await run('estimate', ...records('columns.yaml'), '--sample', '5000', '--out', out);
      expect(code).toBeUndefined();
      expect(text).toMatch(/^name +full +\d/m);
      expect(text).toMatch(/about \d+ of them are of one party/);
      expect(text).not.toMatch(/公司|@|GmbH/);
      expect(await run('lint', out)).toMatchObject({ text: expect.stringContaining('no findings') });
      const [before, after] = ['config/matching.yaml', out].map((file) => readFileSync(file, 'utf8').split('\n'));
      const comments = (of: string[]) => of.filter((line) => line.includes('#'));
      expect(comments(after!)).toHaveLength(comments(before!).length);
      expect(after!.filter((line, at) => line !== before![at]).length).toBeGreaterThan(5);
    });

    it('writes nothing when the records are too few, and says so', async () => {
      const { code, text } = await run('estimate', ...records('columns.yaml', 'few.csv'), '--out', path('none.yaml'));
      expect(code).toBe(1);
      expect(text).toMatch(
        /ESTIMATE_REFUSED: about \d+ of \d+ pairs that meet are of one party; at least 50 are needed/,
      );
      expect(existsSync(path('none.yaml'))).toBe(false);
    });

    it('does not write over the configuration', async () => {
      const { text } = await run('estimate', ...records('columns.yaml'), '--out', 'config/matching.yaml');
      expect(text).toContain('OUTPUT_UNWRITABLE: config/matching.yaml is the configuration itself');
    });
  });
});
