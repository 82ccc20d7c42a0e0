import { SynclineError } from '@syncline/model';
import { OutboxRelay, type EventLog, type OutboxReader } from '@syncline/pipeline/shared';
import type { Logger } from 'pino';

/** What brings a stage's outbox to the log; see OutboxRelay. */
export type StageRelay = Pick<OutboxRelay, 'notify' | 'drained' | 'lastFailure' | 'stop'>;

/** The outbox relays of a process, one for each stage that publishes. */
export class Relays {
  private readonly relays = new Map<string, StageRelay>();

  constructor(
    private readonly outbox: OutboxReader,
    private readonly log: EventLog,
    private readonly logger: Logger,
  ) {}

  /** Makes and starts the relay of a stage; the same one when asked again. */
  start(stage: string): StageRelay {
    const known = this.relays.get(stage);
    if (known) return known;
    const relay = new OutboxRelay({
      stage,
      outbox: this.outbox,
      log: this.log,
      onError: (error) => this.report(stage, error),
    });
    this.relays.set(stage, relay);
    relay.start();
    return relay;
  }

  /** A relay that was started elsewhere, on a thread of the process. It is stopped with the others. */
  adopt(stage: string, relay: StageRelay): void {
    this.relays.set(stage, relay);
  }

  /** Resolves when everything that all stages of this process have committed stands in the log. */
  async drained(): Promise<void> {
    await Promise.all([...this.relays.values()].map((relay) => relay.drained()));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.relays.values()].map((relay) => relay.stop()));
  }

  report(stage: string, error: unknown): void {
    const code = error instanceof SynclineError ? error.code : 'UNEXPECTED';
    this.logger.error({ stage, code, err: error }, 'the outbox could not be published; it is tried again');
  }
}
