import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import type { SynclineConfig } from '@syncline/platform';
import { connectionFindings } from './connection-findings';

const DAY_MS = 86_400_000;
const [pem] = rootCertificates;
const end = Date.parse(new X509Certificate(pem!).validTo);

describe('connectionFindings', () => {
  const directory = mkdtempSync(join(tmpdir(), 'syncline-connections-'));
  beforeAll(() => writeFileSync(join(directory, 'ca.pem'), pem!));
  afterAll(() => rmSync(directory, { recursive: true }));

  const findingsAt = (now: number, parts: object) =>
    connectionFindings({ directory, profile: parts } as unknown as SynclineConfig, now);
  const secured = {
    store: { kind: 'postgres', tls: { caFile: 'ca.pem' } },
    eventLog: { kind: 'kafka', tls: {}, sasl: { mechanism: 'scram-sha-512' } },
    jobQueue: { kind: 'bullmq' },
  };

  it('says of each server how its connection is secured', () => {
    const until = new Date(end).toISOString().slice(0, 10);
    expect(findingsAt(end - 30 * DAY_MS, secured)).toEqual([
      { name: 'store connection', ok: true, message: `TLS, trusts ca.pem, until ${until}` },
      {
        name: 'event_log connection',
        ok: true,
        message: 'TLS, trusts what Node.js trusts, login by scram-sha-512',
      },
      {
        name: 'job_queue connection',
        ok: true,
        message: 'not encrypted (no job_queue.tls), unless job_queue.url says so',
      },
    ]);
  });

  it('fails two weeks before what is trusted ends', () => {
    const [store] = findingsAt(end - 10 * DAY_MS, secured);
    expect(store).toMatchObject({ ok: false, advice: expect.stringContaining('new certificate') });
  });

  it('says nothing of an embedded installation', () => {
    const embedded = { store: { kind: 'sqlite' }, eventLog: { kind: 'embedded' }, jobQueue: { kind: 'embedded' } };
    expect(findingsAt(0, embedded)).toEqual([]);
  });
});
