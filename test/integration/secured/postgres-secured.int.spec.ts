import { examineInstallation, storeConfigOf } from '@syncline/composition';
import { createStore } from '@syncline/engine/store';
import { configWith, refusal } from './secured-config';
import { library, newCertificates } from './secured-services';

const PASSWORD = /:([0-9a-f]{24})@/;

describe('PostgreSQL that takes clients over TLS alone', () => {
  let certificates: Awaited<ReturnType<typeof newCertificates>>;
  let server: Awaited<ReturnType<Awaited<ReturnType<typeof library>>['startPostgres']>>;
  let url: string;

  beforeAll(async () => {
    certificates = await newCertificates();
    server = await (await library('postgres')).startPostgres([], certificates);
    await server.create('secured');
    url = server.url('secured');
  });

  afterAll(async () => {
    await server?.stop();
    certificates?.remove();
  });

  /** Opens the store with a section `tls` (none when null), as a process does. */
  const open = (tls: string | null, address = url) => {
    const yaml = `{kind: postgres, url: '\${env:STORE_URL}'${tls === null ? '' : `, tls: ${tls}`}}`;
    return createStore(storeConfigOf(configWith('store', yaml, { STORE_URL: address })));
  };

  it('migrates and works with the right authority', async () => {
    const store = await open(`{ca_file: '${certificates.ca}'}`);
    try {
      await store.migrate();
      await store.ping();
      const rows: unknown = await store.dataSource.query('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
      expect(rows).toEqual([{ ssl: true }]);
      expect(await store.delivery.due('2026-11-27T00:00:00.000Z')).toEqual([]);
    } finally {
      await store.close();
    }
  });

  it('holds the certificate against a name that the host does not have', async () => {
    const byName = await open(`{ca_file: '${certificates.ca}', server_name: localhost}`);
    await byName.close();
    const refused = await refusal(open(`{ca_file: '${certificates.ca}', server_name: db.example}`));
    expect(refused).toMatchObject({ code: 'STORE_TLS_FAILED', message: expect.stringContaining('another name') });
  });

  it.each([
    ['a strange authority', () => `{ca_file: '${certificates.otherCa}'}`],
    ['the authorities of Node.js', () => 'true'],
  ])('refuses a certificate that is signed by nobody trusted: %s', async (_, tls) => {
    const refused = await refusal(open(tls()));
    expect(refused).toMatchObject({ code: 'STORE_TLS_FAILED', message: expect.stringContaining('trusted') });
    expect(refused.all).not.toContain(PASSWORD.exec(url)![1]);
  });

  it('says so when the server refuses a plain connection or the password', async () => {
    expect(await refusal(open(null))).toMatchObject({ code: 'STORE_UNAUTHORIZED' });
    const wrong = await refusal(open(`{ca_file: '${certificates.ca}'}`, url.replace(PASSWORD, ':wrong-9f31@')));
    expect(wrong).toMatchObject({ code: 'STORE_UNAUTHORIZED', message: expect.stringContaining('28P01') });
    expect(wrong.all).not.toContain('wrong-9f31');
  });

  it('lets doctor say what is wrong and what to do', async () => {
    const yaml = `{kind: postgres, url: '\${env:STORE_URL}', tls: {ca_file: '${certificates.otherCa}'}}`;
    const found = [];
    for await (const each of examineInstallation(configWith('store', yaml, { STORE_URL: url }))) found.push(each);
    expect(found).toContainEqual(expect.objectContaining({ name: 'store connection', ok: true }));
    expect(found.find(({ name }) => name === 'database')).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^STORE_TLS_FAILED: .*trusted/),
      advice: expect.stringContaining('store.tls'),
    });
    expect(JSON.stringify(found)).not.toContain(PASSWORD.exec(url)![1]);
  });

  it('refuses a URL that says something else of TLS than the section', async () => {
    const refused = await refusal(open(`{ca_file: '${certificates.ca}'}`, `${url}?sslmode=no-verify`));
    expect(refused).toMatchObject({ code: 'STORE_ADDRESS_INVALID', message: expect.stringContaining('sslmode') });
  });
});
