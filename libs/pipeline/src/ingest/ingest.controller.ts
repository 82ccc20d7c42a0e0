import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { LogBatch } from '../shared/event-log.port';
import { IngestBatch } from './ingest-batch';

/** The stage's handler on the log. */
@Controller()
export class IngestController {
  constructor(@Inject(IngestBatch) private readonly ingestBatch: IngestBatch) {}

  @EventPattern('ingest')
  handle(@Payload() batch: LogBatch): Promise<void> {
    return this.ingestBatch.handle(batch);
  }
}
