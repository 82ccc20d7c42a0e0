import { readFileSync } from 'node:fs';
import { loadInstallation } from './installation';
import { checkTopology, PROCESS_ROLES, processRole, stagesOf } from './roles';
import { VERSION } from './version';

describe('roles', () => {
  const embedded = loadInstallation('config', { profile: 'embedded', env: {} });
  const distributed = loadInstallation('config', { profile: 'distributed', env: { SYNCLINE_KAFKA_BROKERS: 'a:1' } });

  it.each(PROCESS_ROLES.filter((role) => role !== 'standalone'))('refuses %s alone on the embedded profile', (role) => {
    expect(() => checkTopology(role, embedded)).toThrow(expect.objectContaining({ code: 'EMBEDDED_NEEDS_STANDALONE' }));
    expect(() => checkTopology(role, distributed)).not.toThrow();
  });

  it('runs all stages in one process where that is asked for', () => {
    expect(() => checkTopology('standalone', embedded)).not.toThrow();
    expect(stagesOf('standalone')).toEqual(['ingest', 'reconcile', 'rate', 'deliver']);
    expect(stagesOf('gateway')).toEqual([]);
  });

  it('lists the roles there are when one is unknown', () => {
    expect(() => processRole('publish')).toThrow(
      expect.objectContaining({ code: 'ROLE_UNKNOWN', message: expect.stringContaining('gateway') }),
    );
  });

  it('knows the version of the package', () => {
    expect(VERSION).toBe((JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version);
  });
});
