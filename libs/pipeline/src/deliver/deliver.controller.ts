import { Controller, Inject, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { LogBatch } from '../shared/event-log.port';
import { DeliverStage } from './deliver-stage';

/** The stage's handler on the log, and its life beside the application's. */
@Controller()
export class DeliverController implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(@Inject(DeliverStage) private readonly stage: DeliverStage) {}

  @EventPattern('deliver')
  handle(@Payload() batch: LogBatch): Promise<void> {
    return this.stage.handle(batch);
  }

  onApplicationBootstrap(): Promise<void> {
    return this.stage.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.stage.stop();
  }
}
