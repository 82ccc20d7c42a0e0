import { SynclineError } from '@syncline/model';
import type { MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { stageError } from '../errors';
import { reportsStatus, type BatchControl, type EventLog, type LogBatch, type LogConsumer } from '../event-log.port';
import { BatchContext } from './batch-context';
import type { StageBinding, StageState, StageStatus } from './stage-binding';

/** One stage on the log: its consumer, its handler, and how it is. */
export class BoundStage {
  private consumer: LogConsumer | null = null;
  private failure: string | null = null;
  private lastRejection: string | null = null;
  private rejections = 0;
  private paused = false;
  private stopped = false;

  constructor(
    private readonly log: EventLog,
    readonly binding: StageBinding,
    private readonly handler: MessageHandler<LogBatch, BatchContext, unknown>,
    private readonly onCrash: (error: unknown, pattern: string) => void,
  ) {}

  async start(): Promise<void> {
    this.stopped = false;
    this.failure = null;
    try {
      this.consumer = await this.consume();
      if (this.paused) await this.consumer.pause();
    } catch (error) {
      this.failure = messageOf(error);
      throw error;
    }
  }

  async pause(): Promise<void> {
    this.paused = true;
    await this.consumer?.pause();
  }

  async resume(): Promise<void> {
    this.paused = false;
    await this.consumer?.resume();
  }

  /** Waits for the batch in flight and leaves the group. */
  async stop(): Promise<void> {
    const consumer = this.consumer;
    this.stopped = true;
    this.consumer = null;
    await consumer?.stop();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  status(): StageStatus {
    const { pattern, name = pattern, group, topics } = this.binding;
    const status: StageStatus = { pattern, name, group, topics, state: this.state(), rejections: this.rejections };
    const message = this.failure ?? this.consumerStatus()?.message ?? this.lastRejection;
    if (message !== null) status.message = message;
    return status;
  }

  private consume(): Promise<LogConsumer> {
    const { group, topics, maxMessages } = this.binding;
    return this.log.consume({
      group,
      topics,
      maxMessages,
      onBatch: (batch, control) => this.handle(batch, control),
      onCrash: (error) => this.crash(error),
    });
  }

  private state(): StageState {
    const state = this.consumerStatus()?.state;
    if (this.failure !== null || state === 'failed') return 'FAILED';
    if (this.stopped) return 'STOPPED';
    if (this.consumer === null) return 'STARTING';
    if (this.paused) return 'PAUSED';
    if (state === 'unassigned') return 'UNASSIGNED';
    return this.rejections > 0 ? 'DEGRADED' : 'RUNNING';
  }

  private consumerStatus(): { state: string; message?: string } | null {
    return this.consumer !== null && reportsStatus(this.consumer) ? this.consumer.status() : null;
  }

  /** Once per batch, straight to Nest's handler: guards, interceptors and filters still apply. */
  private async handle(batch: LogBatch, control: BatchControl): Promise<void> {
    try {
      const result: unknown = await this.handler(batch, new BatchContext(control));
      if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
    } catch (thrown) {
      throw this.reject(thrown);
    }
    this.rejections = 0;
    this.lastRejection = null;
  }

  private reject(thrown: unknown): Error {
    const error =
      thrown instanceof Error
        ? thrown
        : stageError('STAGE_HANDLER_FAILED', `Stage ${this.binding.pattern} failed on a batch.`, { cause: thrown });
    this.rejections += 1;
    this.lastRejection = error.message;
    if (error instanceof SynclineError && error.kind === 'fatal') this.crash(error);
    return error;
  }

  private crash(error: unknown): void {
    this.failure = messageOf(error);
    this.onCrash(error, this.binding.pattern);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
