import { given } from '@syncline/testing';
import { ChildInstallation } from './support/child-installation';
import { Installation } from './support/installation';
import { InstallationFolder, type ConfigEditor } from './support/installation-folder';
import { sampleLines } from './support/samples';

const CUSTOMER = { system: 'erp', key: '26' };
const NAME = '南京扬子江阀门股份有限公司';
/** What no log may show: names, identifiers and contacts of the events below. */
const PERSONAL = ['扬子江', '91320100MA1X21ABC9', 'ap21@example.com', '江北大道'];
const ORDER_TOPIC = 'erp.public.sale_sale';

interface Letter {
  id: string;
  code: string;
  status: string;
  class: string;
  where: string | null;
  advice: string | null;
  parking_key: string | null;
  value_base64?: string;
}

const action = (name: string): string[] => sampleLines(`small/scenarios/${name}.ndjson.gz`);
const erp = (lines: string[]) => ({ system: 'erp', lines });

describe('input that can not be handled', () => {
  let installation: Installation;

  beforeAll(async () => {
    installation = await Installation.start({
      businessDate: '2026-11-22',
      targetCodes: ['C00041'],
      edit: withTargetThatIsDown,
    });
    await given(installation, erp(action('01-customer-created')));
  }, 60_000);

  afterAll(async () => installation?.stop(), 60_000);

  const letters = async (query = ''): Promise<Letter[]> =>
    (await installation.get<{ items: Letter[] }>(`/dead-letters?${query}`)).items;

  it('keeps an undecodable message byte for byte, with its place and cause, and goes on', async () => {
    const value = Buffer.from([0xff, 0xfe, 0x00, 0x7b]);
    const topic = 'erp.public.party_party';
    const messages = [{ key: Buffer.from('{"id": 999}'), value, timestamp: 0 }];
    await installation.context.engine.log.append([{ topic, messages }]);
    await given(installation)
      .when(erp(action('02-customer-renamed-address-changed')))
      .thenCustomer(CUSTOMER, ({ name }) => expect(name).toBe(NAME));
    const [letter] = await letters();
    expect(letter).toMatchObject({ code: 'INGEST_NOT_TEXT', class: 'parse', status: 'open', topic });
    expect(letter!.advice).toContain('UTF-8');
    const operator = await installation.apiAs('operator');
    const shown = await operator.get<Letter>(`/dead-letters/${letter!.id}`);
    expect(Buffer.from(shown.value_base64!, 'base64')).toEqual(value);
  });

  it('puts aside what belongs to no source, and says how to mend it', async () => {
    const stray = JSON.stringify({ topic: 'erp.public.wms_bin', key: { id: 1 }, value: { id: 1 } });
    expect(await installation.feed('erp', [stray, 'no JSON'])).toEqual({ accepted: 0, ignored: 0, failed: 2 });
    const codes = (await letters()).map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['INGEST_TOPIC_UNKNOWN', 'INGEST_LINE_INVALID']));
  });

  it('parks the key of an unmappable message until the mapping is mended and the key replayed', async () => {
    const strange = action('03-sale-draft').map((line) =>
      line.includes(ORDER_TOPIC) ? line.replace('"state": "draft"', '"state": "on_hold"') : line,
    );
    await given(installation)
      .when(erp(strange), erp(action('04-sale-quoted')))
      .thenCustomer(CUSTOMER, ({ orders }) => expect(orders.count).toBe(0));
    const ofOrder = `topic=${ORDER_TOPIC}`;
    const parked = (await letters(ofOrder)).reverse();
    const [first, ...behind] = parked;
    expect(first).toMatchObject({ class: 'value', status: 'open' });
    expect(first!.where).toContain('state');
    expect(behind.map(({ code }) => code)).toEqual(Array(3).fill('INGEST_KEY_PARKED'));

    const replay = { key: first!.parking_key };
    const dry = await installation.api.post<{ results: { outcome: string }[] }>(
      '/dead-letters/replay?dry_run=true',
      replay,
    );
    expect(dry.results[0]).toMatchObject({ outcome: 'would_fail', code: first!.code });
    await installation.restartWith(({ replace }) =>
      replace(
        'mappings/tryton-erp.yaml',
        '    draft: draft\n    quotation',
        '    draft: draft\n    on_hold: draft\n    quotation',
      ),
    );
    await installation.api.post('/dead-letters/replay', replay);
    await given(installation).thenCustomer(CUSTOMER, ({ orders }) => {
      expect(orders).toMatchObject({ count: 1, by_state: { quotation: 1 } });
    });
    expect((await letters(ofOrder)).map(({ status }) => status)).toEqual(Array(4).fill('resolved'));
  });

  it('delays only the deliveries of a target that is down', async () => {
    await given(installation).thenAnswer<{ items: Delivery[] }>('/deliveries', ({ items }) => {
      expect(items.filter(({ target }) => target === 'u8-demo')).toMatchObject([{ state: 'confirmed', error: null }]);
      const [down] = items.filter(({ target }) => target === 'u8-down');
      expect(down).toMatchObject({ confirmed_version: null, error: { class: 'connection' } });
    });
  });

  it('answers an unknown customer with 404 and a wrong filter with what is allowed', async () => {
    expect(await installation.api.call('GET', '/customers/00000000-0000-5000-8000-000000000000')).toMatchObject({
      status: 404,
      body: { code: 'CUSTOMER_NOT_FOUND', retryable: false },
    });
    expect(await installation.api.call('GET', '/customers?hold=some')).toMatchObject({
      status: 400,
      body: { code: 'BAD_QUERY', detail: expect.stringContaining('none, new_orders, all') as string },
    });
    expect(await installation.api.call('GET', '/customers?colour=red')).toMatchObject({ status: 400 });
  });

  it('shows nothing personal and no secret in its logs', () => {
    const logs = installation.logs.join('');
    expect(installation.logs.length).toBeGreaterThan(0);
    for (const secret of [...PERSONAL, installation.key]) expect(logs).not.toContain(secret);
  });
});

interface Delivery {
  target: string;
  state: string;
  confirmed_version: number | null;
  error: { code: string; class: string } | null;
}

describe('a wrong configuration', () => {
  it('stops the start and says file, line, field and what is expected', async () => {
    const folder = new InstallationFolder({
      businessDate: '2026-11-22',
      edit: ({ replace }) => {
        replace('systems/erp.yaml', 'role: erp ', 'role: warehouse ');
        replace('mappings/tryton-crm.yaml', 'name: name', 'name: name +');
      },
    });
    const start = ChildInstallation.start(folder);
    await expect(start).rejects.toThrow(/systems\/erp\.yaml:3:\d+: role .*expected .*erp.*crm/);
    await expect(start).rejects.toThrow(/mappings\/tryton-crm\.yaml:\d+:\d+: /);
    await expect(start).rejects.toThrow(/ended with 2/);
    folder.remove();
  }, 60_000);
});

/** A second target like the first, on a database that is not there. */
function withTargetThatIsDown({ read, write }: ConfigEditor): void {
  const target = read('targets/u8-demo.yaml')
    .replace('name: u8-demo', 'name: u8-down')
    .replace(/path: .*\/u8\.db/, (path) => path.replace('u8.db', 'missing/u8.db'));
  write('targets/u8-down.yaml', target);
}
