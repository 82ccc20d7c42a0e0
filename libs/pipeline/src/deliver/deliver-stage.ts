import { SynclineError } from '@syncline/model';
import type { DeadLetterStore } from '../ingest/ingest-store.port';
import type { Clock } from '../shared/clock';
import type { LogBatch } from '../shared/event-log.port';
import type { JobQueue } from '../shared/job-queue.port';
import type { Adapter, CheckFinding, SecretSource } from './adapter.port';
import type { DeliveryStore } from './delivery-store.port';
import { DELIVER_ERRORS } from './errors';
import { DesireDeliveries } from './desire-deliveries';
import { RunDeliveries } from './run-deliveries';
import type { StageLog } from './stage-log';
import { SWEEP_INTERVAL_MS, SweepDeliveries } from './sweep-deliveries';
import type { TargetDescription } from './target';
import { TargetRunner } from './target-runner';
import { systemTimers, type Timers } from './timers';

/** What the composition gives the stage. */
export interface DeliverParts {
  store: DeliveryStore;
  deadLetters: Pick<DeadLetterStore, 'save'>;
  queue: JobQueue;
  targets: readonly TargetDescription[];
  adapters: readonly Adapter[];
  secrets: SecretSource;
  clock: Clock;
  log: StageLog;
  /** 0 up to 1, for jitter; default Math.random. */
  random?: () => number;
  timers?: Timers;
  fetch?: typeof fetch;
  sweepIntervalMs?: number;
}

/** How one target is, for operators. */
export interface TargetStatus {
  target: string;
  title: string;
  enabled: boolean;
  circuit: 'closed' | 'half_open' | 'open';
}

/** The deliver stage: what it desires, who works it off, and what wakes them. */
export class DeliverStage {
  readonly desire: DesireDeliveries;
  readonly sweep: SweepDeliveries;
  readonly run: RunDeliveries;
  private readonly runners: TargetRunner[];

  /** @throws SynclineError TARGET_ADAPTER_UNKNOWN */
  constructor(private readonly parts: DeliverParts) {
    const { store, deadLetters, queue, clock, log } = parts;
    const timers = parts.timers ?? systemTimers;
    const enabled = parts.targets.filter((target) => target.enabled);
    this.runners = enabled.map((target) => runnerOf(target, parts, timers));
    this.desire = new DesireDeliveries(store, deadLetters, queue, enabled, clock, log);
    this.sweep = new SweepDeliveries(store, queue, enabled, this.desire, clock, timers, log);
    this.run = new RunDeliveries(this.runners, queue, timers, log);
  }

  /** The handler of the ratings and customers topics. */
  handle(batch: LogBatch): Promise<void> {
    return this.desire.handle(batch);
  }

  /** @throws SynclineError when a target's configuration is wrong: better now than at its first delivery */
  async start(): Promise<void> {
    for (const runner of this.runners) await runner.prepare();
    await this.run.start();
    this.sweep.start(this.parts.sweepIntervalMs ?? SWEEP_INTERVAL_MS);
  }

  async stop(): Promise<void> {
    await this.sweep.stop();
    await this.run.stop();
  }

  status(): TargetStatus[] {
    return this.parts.targets.map(({ name, title, enabled }) => ({
      target: name,
      title,
      enabled,
      circuit: this.runners.find((runner) => runner.description.name === name)?.circuit ?? 'closed',
    }));
  }

  /** Asks a target whether connection, login, company and rights are in order; for `syncline doctor`. */
  async check(target: string, signal: AbortSignal): Promise<CheckFinding[]> {
    const runner = this.runners.find(({ description }) => description.name === target);
    return runner ? runner.check(signal) : [];
  }
}

function runnerOf(target: TargetDescription, parts: DeliverParts, timers: Timers): TargetRunner {
  const adapter = parts.adapters.find(({ manifest }) => manifest.id === target.adapter);
  if (!adapter) {
    const { kind, advice } = DELIVER_ERRORS.TARGET_ADAPTER_UNKNOWN;
    const known = parts.adapters.map(({ manifest }) => manifest.id).join(', ');
    const message = `adapter is "${target.adapter}"; there are: ${known}`;
    throw new SynclineError({
      code: 'TARGET_ADAPTER_UNKNOWN',
      kind,
      message,
      advice,
      where: `target ${target.name}`,
    });
  }
  const { store, clock, secrets, log } = parts;
  const context = {
    target: target.name,
    fetch: parts.fetch ?? fetch,
    secrets,
    clock,
    log: {
      warn: (message: string, details?: Record<string, string | number>) => log.warn(message, details),
      debug: () => undefined,
    },
  };
  return new TargetRunner({ target, adapter, context, store, clock, timers, random: parts.random ?? Math.random });
}
