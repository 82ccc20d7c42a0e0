import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ApiCalls } from './api-calls';
import type { InstallationFolder } from './installation-folder';

const REGISTER = join(__dirname, 'swc-register.cjs');
const MAIN = 'apps/standalone/src/main.ts';
const PATIENCE_MS = 90_000;
const LOOK_EVERY_MS = 5;

/** The standalone application as a process of its own, which can be killed at any moment. */
export class ChildInstallation {
  readonly api = new ApiCalls(() => ({ url: this.url, key: this.key }));
  private output = '';
  private url = '';

  private constructor(
    private readonly folder: InstallationFolder,
    private readonly process: ChildProcess,
  ) {
    process.stderr!.on('data', (text: Buffer) => (this.output += text.toString()));
    process.stdout!.on('data', (text: Buffer) => (this.output += text.toString()));
  }

  /** Resolves when the process says where it listens. */
  static async start(folder: InstallationFolder): Promise<ChildInstallation> {
    const child = spawn(process.execPath, ['-r', REGISTER, MAIN, '--config', folder.config], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const installation = new ChildInstallation(folder, child);
    installation.url = await installation.addressSaid();
    return installation;
  }

  /** Ends the process at once, as a power cut would. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Asks the process to stop in order; resolves to its exit code. */
  async terminate(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  /** Resolves as soon as a consumer group has messages to read: its stage is at work. */
  async atWork(group: string): Promise<void> {
    await this.until(async () => {
      if (this.process.exitCode !== null || this.process.signalCode !== null) return true;
      const { body } = await this.api.call<string>('GET', '/metrics');
      return body
        .split('\n')
        .some(
          (line) => line.startsWith(`syncline_group_lag_messages{`) && line.includes(`"${group}"`) && isBehind(line),
        );
    }, `${group} at work`);
  }

  private get key(): string {
    return readFileSync(join(this.folder.data, 'api-key'), 'utf8').trim();
  }

  private async addressSaid(): Promise<string> {
    const said = (): string | undefined => /\bat (http:\S+?),/.exec(this.output)?.[1];
    await this.until(() => {
      if (this.process.exitCode !== null)
        throw new Error(`the process ended with ${this.process.exitCode}: ${this.output}`);
      return said() !== undefined;
    }, 'an address');
    return said()!;
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return this.process.exitCode;
    const ended = once(this.process, 'exit') as Promise<[number | null]>;
    this.process.kill(signal);
    return (await ended)[0];
  }

  private async until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`waited in vain for ${what}: ${this.output}`);
      await pause(LOOK_EVERY_MS);
    }
  }
}

function isBehind(line: string): boolean {
  return Number(line.split(' ').at(-1)) > 0;
}
