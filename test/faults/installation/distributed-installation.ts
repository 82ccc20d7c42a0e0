import { join } from 'node:path';
import { loadInstallation, makeKey } from '@syncline/composition';
import { freshServices } from '../../e2e/support/services';
import { DistributedState, type GroupTopics } from '../state/distributed-state';
import type { StateReader } from '../state/state-reader';
import { unsettledRows } from '../state/unsettled';
import type { FaultFolder } from './fault-folder';
import type { Installation } from './installation';
import { Role } from './role';
import type { TestServices } from './test-services';
import { until } from './until';

export const ROLES = ['ingest', 'reconcile', 'rate', 'deliver', 'gateway'] as const;
export type RoleName = (typeof ROLES)[number];

type Places = Awaited<ReturnType<typeof freshServices>>;

const SETTLE_PATIENCE_MS = 240_000;
const LOOK_EVERY_MS = 250;
/** Members of an earlier run that were killed leave their groups after their session. */
const EMPTY_PATIENCE_MS = 60_000;

/** Five processes on Kafka, Redis and PostgreSQL. */
export class DistributedInstallation implements Installation {
  readonly roles: readonly Role[];
  readonly api: Role;
  private key = '';

  private constructor(
    private readonly files: FaultFolder,
    readonly services: TestServices,
    private readonly places: Places,
  ) {
    this.roles = ROLES.map((name) => {
      const main = join('dist', 'apps', name, 'src', 'main.js');
      const args = ['--config', files.config, '--profile', 'distributed'];
      const options = { main, args, log: files.log(name), env: this.environment };
      return new Role(name, options, join(files.path, `${name}.control.json`));
    });
    this.api = this.roles.at(-1)!;
  }

  /** On a database of its own and emptied topics. */
  static async on(files: FaultFolder, services: TestServices): Promise<DistributedInstallation> {
    let places: Places | undefined;
    let problem: unknown;
    await until(
      async () => (places = await freshServices().catch((error: unknown) => void (problem = error))) !== undefined,
      () => `empty services: ${String(problem)}`,
      EMPTY_PATIENCE_MS,
    );
    return new DistributedInstallation(files, services, places!);
  }

  get folder(): string {
    return this.files.path;
  }

  async start(): Promise<void> {
    // The first one alone makes the topics and the tables that all of them use.
    const [first, ...others] = this.roles;
    await first!.start();
    await Promise.all(others.map((role) => role.start()));
    const config = loadInstallation(this.files.config, { profile: 'distributed', env: this.environment });
    this.key = await makeKey(config, 'faults', 'administrator');
  }

  apiKey(): Promise<string> {
    return Promise.resolve(this.key);
  }

  async settled(): Promise<void> {
    for (const role of this.roles) await role.up();
    const groups = await this.groups();
    let seen = '';
    const look = async (): Promise<string> => {
      const state = await this.open();
      try {
        return JSON.stringify({ lag: await state.lag(groups), ...(await unsettledRows(state)) });
      } finally {
        await state.close();
      }
    };
    const isQuiet = async (): Promise<boolean> => {
      const before = seen;
      seen = await look().catch((error: unknown) => JSON.stringify({ problem: String(error) }));
      return seen === before && Object.values(JSON.parse(seen) as object).every((count) => count === 0);
    };
    await until(isQuiet, () => `everything to be done: ${seen}`, SETTLE_PATIENCE_MS, LOOK_EVERY_MS);
  }

  async stopInOrder(): Promise<string[]> {
    const endings = await Promise.all(this.roles.map((role) => role.stop('SIGTERM')));
    return endings.flatMap((ending, at) =>
      ending?.code === 0
        ? []
        : [`process: asked to stop, ${this.roles[at]!.name} ended with ${JSON.stringify(ending)}`],
    );
  }

  async abandon(): Promise<void> {
    await Promise.all(this.roles.map((role) => role.stop('SIGKILL')));
  }

  async open(): Promise<StateReader & Pick<DistributedState, 'lag'>> {
    return DistributedState.open(this.places.postgresUrl, this.places.brokers);
  }

  async forget(): Promise<void> {
    await this.places.drop();
  }

  /** Which groups read which topics, as the installation itself says. */
  private async groups(): Promise<GroupTopics[]> {
    const response = await fetch(`${this.api.url}/metrics`, { headers: { authorization: `Bearer ${this.key}` } });
    const topics = new Map<string, Set<string>>();
    for (const line of (await response.text()).split('\n')) {
      if (!line.startsWith('syncline_group_lag_messages{')) continue;
      const [group, topic] = ['group', 'topic'].map((label) => new RegExp(`${label}="([^"]*)"`).exec(line)?.[1] ?? '');
      topics.set(group!, (topics.get(group!) ?? new Set()).add(topic!));
    }
    if (topics.size === 0) throw new Error('the gateway tells of no groups');
    return [...topics].map(([group, names]) => ({ group, topics: [...names] }));
  }

  private get environment(): Record<string, string> {
    const { brokers, postgresUrl, redisUrl } = this.places;
    return { SYNCLINE_KAFKA_BROKERS: brokers, SYNCLINE_STORE_URL: postgresUrl, SYNCLINE_REDIS_URL: redisUrl };
  }
}
