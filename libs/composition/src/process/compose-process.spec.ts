import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, SqliteStoreSettings, type SynclineConfig } from '@syncline/platform';
import { DeliverStage } from '@syncline/pipeline/deliver';
import { loadInstallation } from '../installation';
import { composeProcess, type RunningProcess } from './compose-process';

/** The shipped configuration in a folder of its own, without targets, and without threads, which Jest can't load. */
function configIn(folder: string): SynclineConfig {
  const config = loadInstallation('config', { profile: 'embedded', env: {} });
  const store = Object.assign(new SqliteStoreSettings(), { kind: 'sqlite', path: join(folder, 'syncline.db') });
  const http = { ...config.profile.http, host: '127.0.0.1', port: 0 };
  const own = { store, http, threads: { reconcile: 'main' as const, insight: 'main' as const } };
  return { ...config, targets: [], profile: { ...config.profile, ...own } };
}

describe('a standalone process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'syncline-process-'));
  const running: RunningProcess[] = [];
  const logged: string[] = [];
  const startProcess = async (): Promise<RunningProcess> => {
    const logger = createLogger({
      level: 'warn',
      role: 'test',
      destination: { write: (line) => void logged.push(line) },
    });
    const process = await composeProcess('standalone', configIn(folder), { logger });
    running.push(process);
    return process;
  };

  afterAll(async () => {
    for (const process of running) await process.stop();
    rmSync(folder, { recursive: true });
  });

  it('starts, makes one key that opens the API, and is alone on its database', async () => {
    const first = await startProcess();
    const headers = { authorization: `Bearer ${first.firstKey ?? ''}` };
    const connectors = await fetch(`${first.url}/connectors`, { headers });
    expect(await connectors.json()).toEqual(['crm', 'erp']);
    expect((await fetch(`${first.url}/connectors`)).status).toBe(401);
    expect(await (await fetch(`${first.url}/health/ready`)).json()).toMatchObject({
      status: 'up',
      parts: { stages: { status: 'up' } },
    });
    expect(statSync(join(folder, 'api-key')).mode & 0o777).toBe(0o600);
    await expect(composeProcess('standalone', configIn(folder))).rejects.toMatchObject({
      code: 'EMBEDDED_STORE_IN_USE',
    });
  });

  it('pauses and resumes one source alone', async () => {
    const [first] = running;
    const headers = { authorization: `Bearer ${first?.firstKey ?? ''}` };
    const stateOf = async (name: string): Promise<unknown> => {
      const status = await fetch(`${first?.url}/connectors/${name}/status`, { headers });
      return ((await status.json()) as { connector: { state: string } }).connector.state;
    };
    expect((await fetch(`${first?.url}/connectors/erp/pause`, { method: 'PUT', headers })).status).toBe(202);
    expect([await stateOf('erp'), await stateOf('crm')]).toEqual(['PAUSED', 'RUNNING']);
    await fetch(`${first?.url}/connectors/erp/resume`, { method: 'PUT', headers });
    expect(await stateOf('erp')).toBe('RUNNING');
  });

  it('stops in order, and makes no second key when it starts again', async () => {
    expect(await running[0]?.stop()).toEqual({ problems: [] });
    expect(existsSync(join(folder, 'url'))).toBe(false);
    expect((await startProcess()).firstKey).toBeNull();
  });

  it('starts each stage once, and says nothing while all is well', async () => {
    const start = jest.spyOn(DeliverStage.prototype, 'start');
    await running[1]?.stop();
    const again = await startProcess();
    expect(start).toHaveBeenCalledTimes(1);
    await again.stop();
    expect(logged).toEqual([]);
  });

  it('refuses a stage alone on the embedded profile', async () => {
    await expect(composeProcess('rate', configIn(folder))).rejects.toMatchObject({ code: 'EMBEDDED_NEEDS_STANDALONE' });
  });
});
