import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedU8DemoDatabase } from '@syncline/adapters';
import { composeProcess, loadInstallation, type ProcessRole, type RunningProcess } from '@syncline/composition';
import { generateApiKey } from '@syncline/pipeline/publish';
import { copyConfiguration, type ConfigEditor } from './configuration';

/** Where the distributed profile's services are; absent on the embedded profile. */
export interface Services {
  brokers: string;
  postgresUrl: string;
  redisUrl: string;
}

export interface InstallationOptions {
  services?: Services;
  /** The fixed business date. */
  businessDate: string;
  /** Customer codes of the target database. */
  targetCodes?: string[];
  /** Changes files of the configuration before the start. */
  edit?(config: ConfigEditor): void;
}

const ROLES: ProcessRole[] = ['ingest', 'reconcile', 'rate', 'deliver', 'gateway'];
const LINES_PER_CALL = 5_000;

/** The real application on the shipped configuration, in folders of its own: standalone, or all five roles. */
export class Installation {
  private processes: RunningProcess[] = [];
  private apiKey = '';

  private constructor(
    readonly folder: string,
    private readonly services: Services | undefined,
  ) {}

  static async start(options: InstallationOptions): Promise<Installation> {
    const folder = mkdtempSync(join(tmpdir(), 'syncline-e2e-'));
    const installation = new Installation(folder, options.services);
    installation.configure(options);
    seedU8DemoDatabase(installation.targetDatabase, options.targetCodes ?? []);
    await installation.startProcesses();
    return installation;
  }

  get targetDatabase(): string {
    return join(this.folder, 'u8.db');
  }

  /** Starts what is stopped, with the same configuration and data. */
  async startProcesses(): Promise<void> {
    const config = loadInstallation(join(this.folder, 'config'), {
      profile: this.services ? 'distributed' : 'embedded',
      env: this.environment(),
    });
    const roles: ProcessRole[] = this.services ? ROLES : ['standalone'];
    for (const role of roles) this.processes.push(await composeProcess(role, config));
    this.apiKey ||= await this.newKey();
  }

  async stopProcesses(): Promise<void> {
    const running = this.processes.splice(0).reverse();
    for (const each of running) await each.stop();
  }

  async stop(): Promise<void> {
    await this.stopProcesses();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Sends event lines through the front door that production uses. */
  async feed(system: string, lines: readonly string[]): Promise<{ accepted: number; ignored: number; failed: number }> {
    const total = { accepted: 0, ignored: 0, failed: 0 };
    for (let i = 0; i < lines.length; i += LINES_PER_CALL) {
      const body = lines.slice(i, i + LINES_PER_CALL).join('\n');
      const counts = await this.request<typeof total>('POST', `/ingest/${system}`, body, 'application/x-ndjson');
      total.accepted += counts.accepted;
      total.ignored += counts.ignored;
      total.failed += counts.failed;
    }
    return total;
  }

  /** Resolves when every stage has read everything and every delivery has ended: positions, not time. */
  async caughtUp(): Promise<void> {
    const { progress } = this.gateway;
    const deadline = Date.now() + 240_000;
    while (!(await progress.hasCaughtUp())) {
      if (Date.now() > deadline) throw new Error(`not caught up: ${JSON.stringify(await progress.stages())}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  get<T>(path: string): Promise<T> {
    return this.request<T>('GET', path);
  }

  async request<T>(method: string, path: string, body?: string, type = 'application/json'): Promise<T> {
    const headers = { authorization: `Bearer ${this.apiKey}`, ...(body === undefined ? {} : { 'content-type': type }) };
    const response = await fetch(this.gateway.url + path, { method, headers, ...(body === undefined ? {} : { body }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  private get gateway(): RunningProcess {
    return this.processes.at(-1)!;
  }

  private configure({ businessDate, edit }: InstallationOptions): void {
    const editor = copyConfiguration(this.folder, businessDate);
    editor.replace('targets/u8-demo.yaml', '.syncline/u8.db', this.targetDatabase);
    edit?.(editor);
  }

  private environment(): Record<string, string> {
    if (!this.services) return {};
    const { brokers, postgresUrl, redisUrl } = this.services;
    return { SYNCLINE_KAFKA_BROKERS: brokers, SYNCLINE_STORE_URL: postgresUrl, SYNCLINE_REDIS_URL: redisUrl };
  }

  private async newKey(): Promise<string> {
    const { queries } = this.gateway.context;
    const { id, key, hash } = generateApiKey(randomBytes);
    const createdAt = new Date().toISOString();
    await queries.apiKeys.add({
      id,
      name: 'e2e',
      role: 'administrator',
      hash,
      createdAt,
      expiresAt: null,
      revokedAt: null,
    });
    return key;
  }
}
