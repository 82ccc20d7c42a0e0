import { Controller, Inject, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { LogBatch } from '../shared/event-log.port';
import { BatchContext } from '../shared/transport/batch-context';
import { RateStage } from './rate-stage';

/** The stage's handler on the log, and its calendar beside the application's life. */
@Controller()
export class RateController implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(@Inject(RateStage) private readonly stage: RateStage) {}

  @EventPattern<string>('rate')
  async handle(@Payload() batch: LogBatch, @Ctx() context: BatchContext): Promise<void> {
    await this.stage.handle(batch, context);
  }

  onApplicationBootstrap(): void {
    this.stage.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.stage.stop();
  }
}
