import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { LogBatch } from '../shared/event-log.port';
import { ReconcileBatch } from './reconcile-batch';

/** The stage's handler on the log. */
@Controller()
export class ReconcileController {
  constructor(@Inject(ReconcileBatch) private readonly reconcileBatch: ReconcileBatch) {}

  @EventPattern('reconcile')
  handle(@Payload() batch: LogBatch): Promise<void> {
    return this.reconcileBatch.handle(batch);
  }
}
