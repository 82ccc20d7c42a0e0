import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTROL_VARIABLE } from '../preload/control';

const PRELOAD = join(__dirname, '..', 'preload', 'preload.js');

export interface AppProcessOptions {
  /** Compiled main of the role. */
  main: string;
  args: string[];
  /** Where orders to the process stand. */
  control: string;
  /** Where its output is kept. */
  log: string;
  env?: Record<string, string>;
}

/** How a process ended. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** One process of the application, with what makes it fail loaded before it. */
export class AppProcess {
  /** Where it says that it listens; undefined until it does. */
  url: string | undefined;
  readonly ended: Promise<Ending>;
  private readonly child: ChildProcess;
  private output = '';

  constructor({ main, args, control, log, env = {} }: AppProcessOptions) {
    this.child = spawn(process.execPath, ['--max-old-space-size=512', '-r', PRELOAD, main, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env, [CONTROL_VARIABLE]: control },
    });
    const keep = (text: Buffer): void => {
      appendFileSync(log, text);
      if (this.url !== undefined) return;
      this.output += text.toString();
      this.url = /\bat (http:\S+?),|health at (http:\S+?)\/health/.exec(this.output)?.slice(1).find(Boolean);
    };
    this.child.stdout!.on('data', keep);
    this.child.stderr!.on('data', keep);
    this.ended = (once(this.child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>).then(
      ([code, signal]) => ({ code, signal }),
    );
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  signal(name: NodeJS.Signals): void {
    if (this.isAlive) this.child.kill(name);
  }

  async end(name: NodeJS.Signals): Promise<Ending> {
    this.signal(name);
    return this.ended;
  }
}
