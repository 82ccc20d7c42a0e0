import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedState } from '../state/embedded-state';
import type { StateReader } from '../state/state-reader';
import { unsettledRows } from '../state/unsettled';
import type { FaultFolder } from './fault-folder';
import type { Installation } from './installation';
import { Role } from './role';
import { until } from './until';

const SETTLE_PATIENCE_MS = 90_000;
const LOOK_EVERY_MS = 50;

/** One process on two SQLite files. */
export class EmbeddedInstallation implements Installation {
  readonly api: Role;
  readonly roles: readonly Role[];

  constructor(private readonly files: FaultFolder) {
    const main = join('dist', 'apps', 'standalone', 'src', 'main.js');
    const options = { main, args: ['--config', files.config], log: files.log('standalone') };
    this.api = new Role('standalone', options, join(files.path, 'standalone.control.json'));
    this.roles = [this.api];
  }

  get folder(): string {
    return this.files.path;
  }

  start(): Promise<void> {
    return this.api.start();
  }

  async apiKey(): Promise<string> {
    return (await readFile(join(this.files.data, 'api-key'), 'utf8')).trim();
  }

  async settled(): Promise<void> {
    await this.api.up();
    const state = new EmbeddedState(this.files.data);
    let seen = '';
    try {
      const look = async (): Promise<string> => JSON.stringify({ lag: state.lag(), ...(await unsettledRows(state)) });
      const isQuiet = async (): Promise<boolean> => {
        const before = seen;
        seen = await look();
        // Twice in a row: between two stages nothing stands anywhere for a moment.
        return seen === before && Object.values(JSON.parse(seen) as object).every((count) => count === 0);
      };
      await until(isQuiet, () => `everything to be done: ${seen}`, SETTLE_PATIENCE_MS, LOOK_EVERY_MS);
    } finally {
      await state.close();
    }
  }

  async stopInOrder(): Promise<string[]> {
    const ending = await this.api.stop('SIGTERM');
    return ending?.code === 0 ? [] : [`process: asked to stop, it ended with ${JSON.stringify(ending)}`];
  }

  async abandon(): Promise<void> {
    await this.api.stop('SIGKILL');
  }

  forget(): Promise<void> {
    return Promise.resolve();
  }

  open(): Promise<StateReader> {
    return Promise.resolve(new EmbeddedState(this.files.data));
  }
}
