import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { LogBatch } from '../shared/event-log.port';
import { BatchContext } from '../shared/transport/batch-context';
import { ReconcileBatch } from './reconcile-batch';

/** The stage's handler on the log. */
@Controller()
export class ReconcileController {
  constructor(@Inject(ReconcileBatch) private readonly reconcileBatch: ReconcileBatch) {}

  @EventPattern<string>('reconcile')
  handle(@Payload() batch: LogBatch, @Ctx() context: BatchContext): Promise<void> {
    return this.reconcileBatch.handle(batch, { signal: context.signal, heartbeat: () => context.heartbeat() });
  }
}
