import { AppProcess, type AppProcessOptions, type Ending } from './app-process';
import { ControlFile } from './control-file';
import { until } from './until';

const START_PATIENCE_MS = 120_000;

/** A role that is kept running, as a service manager does: whenever its process ends, the next one is started. */
export class Role {
  readonly control: ControlFile;
  /** How its processes ended, in order. */
  readonly endings: Ending[] = [];
  /** When the latest process said where it listens. */
  upSince = 0;
  private process: AppProcess | null = null;
  private stopping = false;
  private letGo: (() => void) | null = null;
  private held: Promise<void> | null = null;
  private keeper: Promise<void> | null = null;

  constructor(
    readonly name: string,
    private readonly options: Omit<AppProcessOptions, 'control'>,
    controlPath: string,
  ) {
    this.control = new ControlFile(controlPath);
  }

  get url(): string | undefined {
    return this.process?.isAlive ? this.process.url : undefined;
  }

  async start(): Promise<void> {
    this.keeper ??= this.keep();
    await this.up();
  }

  /** Resolves when a process of the role says where it listens. */
  async up(): Promise<void> {
    await until(
      () => this.url !== undefined,
      () => `${this.name} to start (${this.options.log}); it ended with ${JSON.stringify(this.endings.slice(-3))}`,
      START_PATIENCE_MS,
    );
  }

  signal(name: NodeJS.Signals): void {
    this.process?.signal(name);
  }

  /** Sends a signal that ends the process, and resolves to how it ended. */
  async end(name: NodeJS.Signals): Promise<Ending | undefined> {
    return this.process?.end(name);
  }

  /** Stops it in order and keeps it stopped until `release`. */
  async hold(): Promise<Ending | undefined> {
    this.held = new Promise((resolve) => (this.letGo = resolve));
    return this.end('SIGTERM');
  }

  release(): void {
    this.letGo?.();
    this.held = null;
  }

  /** Ends the role for good. */
  async stop(name: NodeJS.Signals): Promise<Ending | undefined> {
    this.stopping = true;
    this.release();
    const ending = await this.end(name);
    await this.keeper;
    return ending;
  }

  private async keep(): Promise<void> {
    while (!this.stopping) {
      const process = new AppProcess({ ...this.options, control: this.control.path });
      this.process = process;
      void this.noteStart(process);
      this.endings.push(await process.ended);
      await this.held;
      // An order to die counts once, for the process that was there.
      if (this.endings.at(-1)!.signal === 'SIGKILL') this.control.order({ die: undefined });
    }
  }

  private async noteStart(process: AppProcess): Promise<void> {
    await until(
      () => process.url !== undefined || !process.isAlive,
      () => this.name,
      START_PATIENCE_MS,
    ).catch(() => undefined);
    if (process.url !== undefined) this.upSince = performance.now();
  }
}
