import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { formatConfigFinding, ConfigInvalidError } from './finding';
import { loadConfig, type LoadOptions } from './load-config';

const FILES: Record<string, string> = {
  'syncline.yaml': 'profile: embedded\ntime_zone: Asia/Shanghai\n',
  'profiles/embedded.yaml':
    'store: {kind: sqlite, path: a.db}\nevent_log: {kind: embedded}\njob_queue: {kind: embedded}\n',
  'profiles/distributed.yaml': [
    "store: {kind: postgres, url: '${env:STORE_URL}'}",
    "event_log:\n  kind: kafka\n  brokers: '${env:BROKERS}'",
    "job_queue: {kind: bullmq, url: '${env:REDIS_URL}'}\n",
  ].join('\n'),
  'systems/erp.yaml': [
    'name: erp\ntitle: ERP\nrole: erp\npriority: 1\ncurrency: CNY\ntime_zone: Asia/Shanghai',
    "mapping: erp.yaml\ntopics: {prefix: 'erp.'}\n",
  ].join('\n'),
  'mappings/erp.yaml': 'name: erp\n',
  'credit-policy.yaml': 'policy: {}\n',
  'identity.yaml': 'cross_references:\n  - accounts: [erp/1, erp/2]\n',
  'survivorship.yaml': 'attributes:\n  tax_id: {rule: longest}\n',
};

function load(changed: Record<string, string> = {}, options: LoadOptions = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'syncline-config-'));
  for (const [file, text] of Object.entries({ ...FILES, ...changed })) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
  try {
    return loadConfig(directory, { env: {}, ...options });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const KAFKA = "{kind: kafka, brokers: 'a:1'}";

/** A distributed profile with one part written otherwise. */
function profileWith(part: 'store' | 'event_log' | 'job_queue', yaml: string): Record<string, string> {
  const parts = { store: "{kind: postgres, url: 'postgres://h/d'}", event_log: KAFKA, job_queue: "{kind: bullmq, url: 'redis://h'}" };
  const lines = Object.entries({ ...parts, [part]: yaml }).map(([name, text]) => `${name}: ${text}`);
  return { 'profiles/embedded.yaml': `${lines.join('\n')}\n` };
}

function findings(changed: Record<string, string>, options?: LoadOptions): string[] {
  try {
    load(changed, options);
  } catch (error) {
    if (error instanceof ConfigInvalidError) return error.findings.map(formatConfigFinding);
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('gives one typed object, with defaults, in the letters of the code', () => {
    const config = load();
    expect(config.profile).toMatchObject({
      store: { kind: 'sqlite', path: 'a.db' },
      eventLog: { kind: 'embedded', retentionDays: 30 },
      http: { host: '127.0.0.1', port: 8080 },
      batch: { maxMessages: 2000, mostWaiting: 200_000 },
    });
    expect(config.systems[0]).toMatchObject({
      name: 'erp',
      timeZone: 'Asia/Shanghai',
      topicPrefix: 'erp.',
      mapping: { name: 'erp' },
    });
    expect(config.businessDate).toBe('today');
    expect(config.crossReferences.get('erp/2')).toEqual(['xref:erp/1+erp/2']);
    expect(config.survivorship.attributes.get('tax_id')).toMatchObject({ rule: 'longest' });
  });

  it('reads the configuration that is shipped', () => {
    const directory = mkdtempSync(join(tmpdir(), 'syncline-config-'));
    cpSync('config', directory, { recursive: true });
    expect(loadConfig(directory, { env: {} }).systems.map(({ name }) => name)).toEqual(['crm', 'erp']);
    rmSync(directory, { recursive: true });
  });

  it('keeps secrets as references and reads other references as if the value stood there', () => {
    const env = { STORE_URL: 'postgres://u:pw@h/d', BROKERS: 'a:9092, b:9092', REDIS_URL: 'redis://h' };
    const { profile } = load({}, { profile: 'distributed', env });
    expect(profile.eventLog).toMatchObject({ brokers: ['a:9092', 'b:9092'] });
    expect(JSON.stringify(profile)).not.toContain('pw');
    expect(profile.store.kind === 'postgres' && profile.store.url.reveal()).toBe(env.STORE_URL);
  });

  it('needs no secret to be there before it is used', () => {
    expect(load({}, { profile: 'distributed', env: { BROKERS: 'a:9092' } }).profileName).toBe('distributed');
  });

  it('lists everything that is wrong at once, each with file, line, column, field and what is expected', () => {
    const list = findings({
      'syncline.yaml': 'profile: embedded\ntime_zone: Asia/Shangai\nbusines_date: today\n',
      'profiles/embedded.yaml':
        'store: {kind: sqlit, path: x}\nevent_log: {kind: embedded}\njob_queue: {kind: embedded}\nhttp:\n  port: 80800\n',
      'systems/erp.yaml': FILES['systems/erp.yaml']!.replace('currency: CNY', 'currency: yuan'),
    });
    expect(list).toEqual([
      'syncline.yaml:3:1: busines_date is not a field here; expected one of profile, time_zone, business_date, policy, policy_approval_above, identity, matching, survivorship, log_level; did you mean "business_date"?',
      'syncline.yaml:2:1: time_zone is "Asia/Shangai"; expected an IANA zone such as Asia/Shanghai',
      'profiles/embedded.yaml:1:9: store.kind is "sqlit"; expected sqlite, postgres or mssql',
      'profiles/embedded.yaml:5:3: http.port is 80800; expected a port, 0 to 65535',
      'systems/erp.yaml:5:1: currency is "yuan"; expected an ISO 4217 code such as CNY',
    ]);
  });

  it.each([
    [
      'a missing field',
      { 'syncline.yaml': 'profile: embedded\n' },
      'syncline.yaml:1:1: time_zone is missing; expected an IANA zone',
    ],
    ['no YAML', { 'syncline.yaml': 'profile: [\n' }, 'is not valid YAML'],
    [
      'an unknown profile',
      { 'syncline.yaml': 'profile: embeded\ntime_zone: UTC\n' },
      'profiles/embeded.yaml:1:1: is not there',
    ],
    [
      'a reference inside a text',
      { 'syncline.yaml': "profile: embedded\ntime_zone: 'Asia/${env:CITY}'\n" },
      'has to be the whole value',
    ],
    ['a reference as a key', { 'identity.yaml': "'${env:X}': 1\n" }, 'a reference can stand only as a value'],
    [
      'a reference that leads nowhere',
      { 'syncline.yaml': "profile: embedded\ntime_zone: '${env:ZONE}'\n" },
      '${env:ZONE} is not set',
    ],
    [
      'a mapping that is not there',
      { 'systems/erp.yaml': FILES['systems/erp.yaml']!.replace('mapping: erp', 'mapping: epr') },
      'systems/erp.yaml:7:1: mapping is "epr.yaml", which is not under mappings/; expected one of erp.yaml',
    ],
    [
      'an unknown system',
      { 'survivorship.yaml': 'attributes: {name: {rule: longest, systems: [sap]}}\n' },
      'names "sap", which is no system; expected one of erp',
    ],
    [
      'an unknown attribute',
      { 'survivorship.yaml': 'attributes: {taxid: {rule: longest}}\n' },
      'survivorship.yaml:1:14: attributes.taxid is no attribute; expected one of name, code',
    ],
    [
      "an unknown target's system",
      { 'targets/u8.yaml': 'name: u8\nsystem: sap\n' },
      'targets/u8.yaml:2:1: system is "sap"',
    ],
    [
      'a log that a server store would not share',
      {
        'profiles/embedded.yaml':
          "store: {kind: postgres, url: '${env:U}'}\nevent_log: {kind: embedded}\njob_queue: {kind: embedded}\n",
      },
      'event_log.kind is embedded, but the store is a server',
    ],
    [
      'every address in the place of a proxy',
      {
        'profiles/embedded.yaml': FILES['profiles/embedded.yaml']! + '\nhttp: {trusted_proxies: [10.0.0.0/8, 0.0.0.0/0]}\n',
      },
      'http.trusted_proxies is',
    ],
    [
      'a literal in place of a section',
      { 'identity.yaml': 'cross_references: yes\n' },
      'identity.yaml:1:1: cross_references is "yes"; expected a list',
    ],
  ])('says what is wrong: %s', (_, files, expected) => {
    expect(findings(files)).toEqual(expect.arrayContaining([expect.stringContaining(expected)]));
  });

  describe('secured connections', () => {
    const folder = mkdtempSync(join(tmpdir(), 'syncline-tls-'));
    const write = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const keyOf = (passphrase?: string): string =>
      generateKeyPairSync('ec', {
        namedCurve: 'P-256',
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: {
          type: 'pkcs8',
          format: 'pem',
          ...(passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase }),
        },
      }).privateKey;
    const certificate = write('cert.pem', rootCertificates[0]!);
    const noCertificate = write('none.pem', 'hello\n');
    const broken = write('broken.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    const otherKey = write('other.key', keyOf());
    const encryptedKey = write('encrypted.key', keyOf('s3cret'));
    afterAll(() => rmSync(folder, { recursive: true }));

    it('reads true as a section without fields, and false as none', () => {
      const tls = (text: string) => {
        const { eventLog } = load(profileWith('event_log', `{kind: kafka, brokers: 'a:1', tls: ${text}}`)).profile;
        return eventLog.kind === 'kafka' ? eventLog.tls : null;
      };
      expect(tls('true')).toEqual({});
      expect(tls('false')).toBeUndefined();
      expect(tls(`{ca_file: '${certificate}', server_name: kafka}`)).toEqual({ caFile: certificate, serverName: 'kafka' });
    });

    it.each([
      ['a file that is not there', 'ca_file: not-there.pem', 'event_log.tls.ca_file names', 'which is not there'],
      ['a file without certificates', `ca_file: '${noCertificate}'`, 'event_log.tls.ca_file', 'holds no certificate'],
      ['a broken certificate', `ca_file: '${broken}'`, 'event_log.tls.ca_file', "can't be decoded"],
      ['a folder', `ca_file: '${folder}'`, 'event_log.tls.ca_file', "which can't be read"],
      ['a certificate without its key', `cert_file: '${certificate}'`, 'event_log.tls.cert_file', 'needs the key_file'],
      ['a key without its certificate', `key_file: '${otherKey}'`, 'event_log.tls.key_file', 'needs the cert_file'],
      [
        'the key of another certificate',
        `cert_file: '${certificate}', key_file: '${otherKey}'`,
        'event_log.tls.key_file',
        'is not the key of cert_file',
      ],
      [
        'no key',
        `cert_file: '${certificate}', key_file: '${noCertificate}'`,
        'event_log.tls.key_file',
        'holds no private key',
      ],
      [
        'an encrypted key without a passphrase',
        `cert_file: '${certificate}', key_file: '${encryptedKey}'`,
        'event_log.tls.key_file',
        'there is no key_passphrase',
      ],
      ['an unknown field', 'ca_fil: x', 'event_log.tls.ca_fil is not a field here', 'did you mean "ca_file"'],
    ])('stops at %s', (_, fields, field, said) => {
      const list = findings(profileWith('event_log', `{kind: kafka, brokers: 'a:1', tls: {${fields}}}`));
      expect(list).toEqual([expect.stringContaining(`profiles/embedded.yaml:2:`)]);
      expect(list).toEqual([expect.stringContaining(field)]);
      expect(list).toEqual([expect.stringContaining(said)]);
    });

    it('looks into an encrypted key only when it is used: the passphrase need not be there', () => {
      const fields = `cert_file: '${certificate}', key_file: '${encryptedKey}', key_passphrase: '\${env:NOT_SET}'`;
      expect(findings(profileWith('event_log', `{kind: kafka, brokers: 'a:1', tls: {${fields}}}`))).toEqual([]);
    });

    it.each([
      ['event_log', "{kind: kafka, brokers: 'a:1', sasl: {mechanism: scram-sha-512, username: u}}", 'sasl.password is missing'],
      ['event_log', "{kind: kafka, brokers: 'a:1', sasl: {mechanism: gssapi, username: u, password: x}}", 'expected plain, scram'],
      ['job_queue', "{kind: bullmq, url: 'redis://h', username: u}", 'job_queue.username has no password beside it'],
      ['store', "{kind: postgres, url: 'postgres://h/d', tls: yes}", 'store.tls is "yes"; expected true, false or a section'],
      ['store', "{kind: mssql, url: 'mssql://h/d', tls: {cert_file: x}}", 'store.tls.cert_file is not a field here'],
    ] as const)('says what is wrong with %s: %s', (part, yaml, said) => {
      expect(findings(profileWith(part, yaml))).toEqual([expect.stringContaining(said)]);
    });

    it('names file, line and field of a secret that is not there when it is used', () => {
      const sasl = "sasl: {mechanism: plain, username: u, password: '${env:KAFKA_PASSWORD}'}";
      const { eventLog } = load(profileWith('event_log', `{kind: kafka, brokers: 'a:1', ${sasl}}`)).profile;
      expect(() => eventLog.kind === 'kafka' && eventLog.sasl?.password.reveal()).toThrow(
        /^profiles\/embedded\.yaml:2:\d+: event_log\.sasl\.password: \$\{env:KAFKA_PASSWORD\} is not set$/,
      );
    });
  });

  it('shows no value of a secret field', () => {
    const profile =
      "store: {kind: postgres, url: [hunter2]}\nevent_log: {kind: kafka, brokers: 'a:1'}\njob_queue: {kind: bullmq, url: 7}\n";
    const list = findings({ 'profiles/embedded.yaml': profile });
    expect(list).toHaveLength(2);
    expect(list.join()).not.toContain('hunter2');
  });

  it("adds the findings of the mapping's and the policy's own checks", () => {
    const own = { line: 7, column: 3, field: 'x', message: 'is odd' };
    const list = findings(
      {},
      { checks: { mapping: ({ file }) => [{ file, ...own }], policy: ({ file }) => [{ file, ...own }] } },
    );
    expect(list).toEqual(['mappings/erp.yaml:7:3: x is odd', 'credit-policy.yaml:7:3: x is odd']);
  });
});
