import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readItems, type ReadOptions } from './read-items';

const HEAD = 'customer,invoice,invoice_date,due_date,amount,currency,settled_date,disputed';
const options: ReadOptions = { headings: new Map(), delimiter: ',', encoding: 'utf-8', latest: '2024-12-31' };

describe('reading items', () => {
  const folder = mkdtempSync(join(tmpdir(), 'syncline-items-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (text: string | Buffer, changes: Partial<ReadOptions> = {}, name = 'items.csv') => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return readItems(path, { ...options, ...changes });
  };
  const places = ({ findings }: Awaited<ReturnType<typeof readItems>>) =>
    findings.map(({ line, code }) => `${line} ${code}`);

  it('goes on after lines that can’t be used, and names each with its place', async () => {
    const found = await read(
      [
        HEAD,
        'A,1,2024-01-01,2024-01-31,100,CNY,2024-02-01,',
        'A,2,2024-01-01,2024-01-31,100',
        '',
        'A,3,2024-01-01,,100,CNY,,',
        'B,"4,2024-01-01,2024-01-31,100,CNY,,"x',
        'B,5,2024-01-01,2024-01-31,100,XTS9,,',
        'A,1,2024-01-01,2024-01-31,100,CNY,2024-02-01,',
        'B,"6 ""six""",2024-03-01,2024-03-31,100,cny,,',
      ].join('\n'),
    );
    expect(places(found)).toEqual([
      '3 line_unreadable',
      '5 due_date_missing',
      '6 line_unreadable',
      '7 currency_unknown',
      '8 line_repeated',
    ]);
    expect(found).toMatchObject({ lines: 7, items: 3, lastDay: '2024-03-01' });
    expect(found.customers.map(({ id, items }) => [id, items.length])).toEqual([
      ['A', 2],
      ['B', 1],
    ]);
  });

  it('reads a byte order mark, line ends of Windows, semicolons and gzip', async () => {
    const text = `\ufeff${HEAD}\r\nA,1,2024-01-01,2024-01-31,100,CNY,,\r\n`.replaceAll(',', ';');
    expect(await read(gzipSync(text), { delimiter: ';' }, 'items.csv.gz')).toMatchObject({ items: 1, findings: [] });
  });

  it('reads other encodings, and refuses what is not the one said', async () => {
    const name = Buffer.from([0xcb, 0xd5, 0xd6, 0xdd]); // 苏州 in GB 18030
    const bytes = Buffer.concat([Buffer.from(`${HEAD}\n`), name, Buffer.from(',1,2024-01-01,2024-01-31,100,CNY,,\n')]);
    expect((await read(bytes, { encoding: 'gb18030' })).customers[0]?.id).toBe('苏州');
    await expect(read(bytes)).rejects.toMatchObject({
      code: 'ITEMS_UNUSABLE',
      advice: expect.stringContaining('gb18030'),
    });
    await expect(read(bytes, { encoding: 'klingon' })).rejects.toMatchObject({ code: 'ITEMS_UNUSABLE' });
  });

  it('refuses a file that is empty, has no such columns, is damaged or is not there', async () => {
    await expect(read('')).rejects.toMatchObject({ code: 'ITEMS_UNUSABLE' });
    await expect(read(`${HEAD}\n`.replaceAll(',', ';'))).rejects.toMatchObject({
      code: 'ITEMS_UNUSABLE',
      advice: expect.stringContaining('--delimiter'),
    });
    await expect(read('no gzip', {}, 'broken.csv.gz')).rejects.toMatchObject({ code: 'INPUT_UNREADABLE' });
    await expect(readItems(join(folder, 'none.csv'), options)).rejects.toMatchObject({ code: 'INPUT_UNREADABLE' });
  });
});
