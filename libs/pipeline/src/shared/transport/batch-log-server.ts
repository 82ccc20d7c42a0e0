import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { stageError } from '../errors';
import type { EventLog } from '../event-log.port';
import { BoundStage } from './bound-stage';
import type { StageBinding, StageStatus } from './stage-binding';

export interface BatchLogServerOptions {
  log: EventLog;
  bindings: StageBinding[];
  /** A stage can't go on, by itself (`pattern` names it) or because it raised a fatal error. */
  onCrash(error: unknown, pattern: string): void;
}

/**
 * Brings whole batches of the event log to `@EventPattern(pattern)` handlers: the payload is a LogBatch, the context a
 * BatchContext. A handler's rejection goes to the log, which delivers the batch again; see also BatchErrorFilter.
 */
export class BatchLogServer extends Server implements CustomTransportStrategy {
  override readonly transportId = Symbol('syncline-batch-log');
  override readonly propagatesEventHandlerErrors = true;
  private readonly stages = new Map<string, BoundStage>();

  constructor(private readonly options: BatchLogServerOptions) {
    super();
  }

  /** Starts all stages; nothing reads when one of them can't start. */
  listen(callback: (error?: unknown) => void): void {
    this.start().then(
      () => callback(),
      (error: unknown) => callback(error),
    );
  }

  /** Waits for the batches in flight. */
  async close(): Promise<void> {
    await Promise.all([...this.stages.values()].map((stage) => stage.stop()));
  }

  /** How every bound stage is, for the connectors API. */
  stageStatuses(): StageStatus[] {
    return [...this.stages.values()].map((stage) => stage.status());
  }

  stageStatus(pattern: string): StageStatus {
    return this.stage(pattern).status();
  }

  /** No further batch after the one in flight; the group is kept. */
  pause(pattern: string): Promise<void> {
    return this.stage(pattern).pause();
  }

  resume(pattern: string): Promise<void> {
    return this.stage(pattern).resume();
  }

  /** Leaves the group after the batch in flight, until `restartStage`. */
  stopStage(pattern: string): Promise<void> {
    return this.stage(pattern).stop();
  }

  /** Leaves the group and joins it again, after a failure or a stop too. */
  restartStage(pattern: string): Promise<void> {
    return this.stage(pattern).restart();
  }

  /** Nest asks for it; this transport has no events of its own. */
  on(): void {
    return undefined;
  }

  /** The log behind the transport. */
  unwrap<T = EventLog>(): T {
    return this.options.log as T;
  }

  private async start(): Promise<void> {
    this.bind();
    try {
      await Promise.all([...this.stages.values()].map((stage) => stage.start()));
    } catch (error) {
      await Promise.allSettled([...this.stages.values()].map((stage) => stage.stop()));
      throw error;
    }
  }

  private bind(): void {
    for (const binding of this.options.bindings) {
      const { pattern } = binding;
      if (this.stages.has(pattern)) throw ambiguous(`Two bindings claim the pattern ${pattern}.`, pattern);
      const stage = new BoundStage(this.options.log, binding, this.handlerOf(pattern), this.options.onCrash);
      this.stages.set(pattern, stage);
    }
    for (const pattern of this.messageHandlers.keys()) {
      if (!this.stages.has(pattern)) {
        throw stageError('STAGE_BINDING_MISSING', `Nothing is bound to the handler of ${pattern}.`, { where: pattern });
      }
    }
  }

  private handlerOf(pattern: string): MessageHandler {
    const handler = this.getHandlerByPattern(pattern);
    if (handler === null) {
      throw stageError('STAGE_HANDLER_MISSING', `No controller handles the pattern ${pattern}.`, { where: pattern });
    }
    if (handler.next !== undefined) throw ambiguous(`Two controllers handle the pattern ${pattern}.`, pattern);
    return handler;
  }

  private stage(pattern: string): BoundStage {
    const stage = this.stages.get(pattern);
    if (stage === undefined) {
      throw stageError('STAGE_UNKNOWN', `This process does not run the stage ${pattern}.`, { where: pattern });
    }
    return stage;
  }
}

function ambiguous(message: string, pattern: string): Error {
  return stageError('STAGE_HANDLER_AMBIGUOUS', message, { where: pattern });
}
