/** Steps run in this order, each kind after the one before is through. */
export const SHUTDOWN_PHASES = ['intake', 'work', 'producers', 'databases'] as const;
export type ShutdownPhase = (typeof SHUTDOWN_PHASES)[number];

export interface ShutdownStep {
  /**
   * - `intake`: take nothing new (HTTP, consumers), wait for the batch in flight
   * - `work`: relays, workers, sweeps
   * - `producers`: log and queue clients
   * - `databases`: last, for all before may still write
   */
  phase: ShutdownPhase;
  name: string;
  close(): Promise<void>;
}

export interface ShutdownReport {
  /** Steps that failed or were not through within the grace period. */
  problems: { name: string; error: unknown }[];
}

/** Ends a process in order. A step that fails or hangs does not keep the later ones from running. */
export class ShutdownSequence {
  private readonly steps: ShutdownStep[] = [];
  private running: Promise<ShutdownReport> | undefined;

  /** @param graceMs for all steps together; each phase has its share */
  constructor(private readonly graceMs: number) {}

  add(phase: ShutdownPhase, name: string, close: () => Promise<void>): void {
    this.steps.push({ phase, name, close });
  }

  /** Runs the steps once, whoever calls it how often. Within a phase the last added is closed first. */
  run(): Promise<ShutdownReport> {
    this.running ??= this.close();
    return this.running;
  }

  private async close(): Promise<ShutdownReport> {
    const problems: ShutdownReport['problems'] = [];
    for (const phase of SHUTDOWN_PHASES) {
      for (const step of this.steps.filter((each) => each.phase === phase).reverse()) {
        try {
          await within(this.graceMs / SHUTDOWN_PHASES.length, step);
        } catch (error) {
          problems.push({ name: step.name, error });
        }
      }
    }
    return { problems };
  }
}

function within(milliseconds: number, step: ShutdownStep): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${step.name} was not through after ${milliseconds} ms`)),
      milliseconds,
    );
    step
      .close()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
