import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { lintMappingFiles, runMappingOnLines, testMappingFiles } from '@syncline/pipeline/ingest';

const ROOT = join(__dirname, '..');
const fileOf = (path: string): { name: string; text: string } => ({
  name: path,
  text: readFileSync(join(ROOT, path), 'utf8'),
});
const linesOf = (path: string): Buffer[] =>
  gunzipSync(readFileSync(join(ROOT, 'samples', path)))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => Buffer.from(line));

const MAPPINGS = { erp: 'config/mappings/tryton-erp.yaml', crm: 'config/mappings/tryton-crm.yaml' };

describe('shipped mappings', () => {
  it('have no findings', () => {
    expect(lintMappingFiles(Object.values(MAPPINGS).map(fileOf))).toEqual({
      text: '2 mappings, 0 errors, 0 warnings',
      exitCode: 0,
    });
  });

  it.each(Object.values(MAPPINGS))('%s passes its tests', (path) => {
    expect(
      testMappingFiles([{ mapping: fileOf(path), test: fileOf(path.replace('.yaml', '.test.yaml')) }]),
    ).toMatchObject({ exitCode: 0 });
  });

  const captures: ['erp' | 'crm', string, string | undefined][] = [
    ['crm', 'set-a/crm.ndjson.gz', '    1055  opportunity'],
    ['erp', 'set-a/erp.reference-snapshot.ndjson.gz', undefined],
    ['crm', 'set-a/crm.reference-snapshot.ndjson.gz', undefined],
    ['erp', 'small/reference.ndjson.gz', '       7  ledger_account'],
    ['erp', 'small/erp.ndjson.gz', '     296  receivable_item'],
    ['erp', 'small/precise-decimals.ndjson.gz', '      22  credit_terms'],
    ...readdirSync(join(ROOT, 'samples/small/scenarios')).map((name): ['erp', string, undefined] => [
      'erp',
      `small/scenarios/${name}`,
      undefined,
    ]),
  ];

  it('erp: of the large capture every fourth event is mapped or ignored (the end-to-end tests take them all)', () => {
    const lines = linesOf('set-a/erp.ndjson.gz').filter((_, index) => index % 4 === 0);
    const described = { name: 'erp', currency: 'CNY', timeZone: 'Asia/Shanghai', topicPrefix: 'erp.public.' };
    const { text } = runMappingOnLines(fileOf(MAPPINGS.erp), lines, { system: described, show: false });
    expect(text).toMatch(/10089 events, 0 failed$/);
    expect(text).not.toContain('(unknown)');
  });

  it.each(captures)('%s: every event of %s is mapped or ignored', (system, capture, line) => {
    const described = { name: system, currency: 'CNY', timeZone: 'Asia/Shanghai', topicPrefix: `${system}.public.` };
    const { text, exitCode } = runMappingOnLines(fileOf(MAPPINGS[system]), linesOf(capture), {
      system: described,
      show: false,
    });
    expect(text).toMatch(/ 0 failed$/);
    expect(text).not.toContain('(unknown)');
    if (line !== undefined) expect(text.split('\n')).toContain(line);
    expect(exitCode).toBe(0);
  });

  it('make the same records of decimals as base64 and as text', () => {
    const precise = linesOf('small/precise-decimals.ndjson.gz');
    const recordsOf = (lines: Buffer[]): string =>
      runMappingOnLines(fileOf(MAPPINGS.erp), lines, {
        system: { name: 'erp', currency: 'CNY', timeZone: 'Asia/Shanghai', topicPrefix: 'erp.public.' },
        show: true,
      }).text;
    expect(precise.filter((line) => line.includes('"scale"')).length).toBeGreaterThan(20);
    expect(recordsOf(precise)).toBe(recordsOf(linesOf('small/erp.ndjson.gz').slice(0, precise.length)));
  });
});
