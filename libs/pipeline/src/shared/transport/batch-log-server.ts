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

  stageStatus(name: string): StageStatus {
    return this.stage(name).status();
  }

  /** No further batch after the one in flight; the group is kept. */
  pause(name: string): Promise<void> {
    return this.stage(name).pause();
  }

  resume(name: string): Promise<void> {
    return this.stage(name).resume();
  }

  /** Leaves the group after the batch in flight, until `restartStage`. */
  stopStage(name: string): Promise<void> {
    return this.stage(name).stop();
  }

  /** Leaves the group and joins it again, after a failure or a stop too. */
  restartStage(name: string): Promise<void> {
    return this.stage(name).restart();
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
      const { pattern, name = pattern } = binding;
      if (this.stages.has(name)) throw ambiguous(`Two bindings are called ${name}.`, name);
      const stage = new BoundStage(this.options.log, binding, this.handlerOf(pattern), this.options.onCrash);
      this.stages.set(name, stage);
    }
    const bound = new Set(this.options.bindings.map(({ pattern }) => pattern));
    for (const pattern of this.messageHandlers.keys()) {
      if (!bound.has(pattern)) {
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

  private stage(name: string): BoundStage {
    const stage = this.stages.get(name);
    if (stage === undefined) {
      throw stageError('STAGE_UNKNOWN', `This process does not run the stage ${name}.`, { where: name });
    }
    return stage;
  }
}

function ambiguous(message: string, pattern: string): Error {
  return stageError('STAGE_HANDLER_AMBIGUOUS', message, { where: pattern });
}
