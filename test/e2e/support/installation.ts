import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { composeProcess, loadInstallation, type ProcessRole, type RunningProcess } from '@syncline/composition';
import { generateApiKey, type ApiKey, type Role } from '@syncline/pipeline/publish';
import { createLogger } from '@syncline/platform';
import { ApiCalls } from './api-calls';
import { InstallationFolder, type FolderOptions } from './installation-folder';

/** Where the distributed profile's services are; absent on the embedded profile. */
export interface Services {
  brokers: string;
  postgresUrl: string;
  redisUrl: string;
}

export interface InstallationOptions extends FolderOptions {
  services?: Services;
}

const ROLES: ProcessRole[] = ['ingest', 'reconcile', 'rate', 'deliver', 'gateway'];
const PATIENCE_MS = 240_000;
/** Brokers have to be asked for every position: more often, and asking is what the processes are busy with. */
const LOOK_EVERY_MS = { embedded: 25, distributed: 250 };

/** The real application on the shipped configuration, in folders of its own: standalone, or all five roles. */
export class Installation {
  /** Everything that its processes logged. */
  readonly logs: string[] = [];
  readonly api = new ApiCalls(() => ({ url: this.gateway.url, key: this.apiKey }));
  private processes: RunningProcess[] = [];
  private apiKey = '';

  private constructor(
    readonly folder: InstallationFolder,
    private readonly services: Services | undefined,
  ) {}

  static async start(options: InstallationOptions): Promise<Installation> {
    return Installation.startIn(new InstallationFolder(options), options.services);
  }

  /** Starts on a folder that another process has used and left. */
  static async startIn(folder: InstallationFolder, services?: Services): Promise<Installation> {
    const installation = new Installation(folder, services);
    await installation.startProcesses();
    return installation;
  }

  /** The administrator's key of this installation. */
  get key(): string {
    return this.apiKey;
  }

  /** The parts of the process that serves the API: its log, its store's queries. */
  get context(): RunningProcess['context'] {
    return this.gateway.context;
  }

  /** Starts what is stopped, with the configuration and data as they are now. */
  async startProcesses(): Promise<void> {
    const config = loadInstallation(this.folder.config, {
      profile: this.services ? 'distributed' : 'embedded',
      env: this.environment(),
    });
    // A thread loads JavaScript, and Jest has none: installations in processes of their own have the thread.
    config.profile.threads.reconcile = 'main';
    config.profile.threads.insight = 'main';
    const destination = new Writable({ write: (line, _, done) => (this.logs.push(String(line)), done()) });
    for (const role of this.services ? ROLES : (['standalone'] as const)) {
      const logger = createLogger({ level: 'debug', role, destination });
      this.processes.push(await composeProcess(role, config, { logger }));
    }
    this.apiKey ||= await this.newKey('administrator');
  }

  async stopProcesses(): Promise<void> {
    const running = this.processes.splice(0).reverse();
    for (const each of running) await each.stop();
  }

  async stop(): Promise<void> {
    await this.stopProcesses();
    this.folder.remove();
  }

  /** Stops, changes the configuration and starts again. */
  async restartWith(edit: FolderOptions['edit']): Promise<void> {
    await this.stopProcesses();
    edit?.(this.folder.editor);
    await this.startProcesses();
  }

  /** Sends event lines through the front door that production uses. */
  feed(system: string, lines: readonly string[]): ReturnType<ApiCalls['feed']> {
    return this.api.feed(system, lines);
  }

  get<T>(path: string): Promise<T> {
    return this.api.get<T>(path);
  }

  /** The API as someone of another role has it. */
  async apiAs(role: Role): Promise<ApiCalls> {
    const key = await this.newKey(role);
    return new ApiCalls(() => ({ url: this.gateway.url, key }));
  }

  /** Resolves when every stage has read everything and every delivery has ended: positions, not time. */
  async caughtUp(): Promise<void> {
    const { progress } = this.gateway;
    const deadline = Date.now() + PATIENCE_MS;
    const pauseMs = LOOK_EVERY_MS[this.services ? 'distributed' : 'embedded'];
    while (!(await progress.hasCaughtUp())) {
      if (Date.now() > deadline) throw new Error(`not caught up: ${JSON.stringify(await progress.stages())}`);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  /** Where the API is. */
  get url(): string {
    return this.gateway.url;
  }

  /** A key of a role, straight in the store; in force unless said otherwise. */
  async newKey(role: Role, ends: Partial<Pick<ApiKey, 'expiresAt' | 'revokedAt'>> = {}): Promise<string> {
    const { queries } = this.gateway.context;
    const { id, key, hash } = generateApiKey(randomBytes);
    const createdAt = new Date().toISOString();
    const name = `e2e ${role}`;
    await queries.apiKeys.add({ id, name, role, hash, createdAt, expiresAt: null, revokedAt: null, ...ends });
    return key;
  }

  private get gateway(): RunningProcess {
    return this.processes.at(-1)!;
  }

  private environment(): Record<string, string> {
    if (!this.services) return {};
    const { brokers, postgresUrl, redisUrl } = this.services;
    return { SYNCLINE_KAFKA_BROKERS: brokers, SYNCLINE_STORE_URL: postgresUrl, SYNCLINE_REDIS_URL: redisUrl };
  }
}
