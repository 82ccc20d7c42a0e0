import {
  Inject,
  Injectable,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { InsightStage, type InsightParts } from './insight-stage';

/** Starts and ends the calendar with the application. */
@Injectable()
class InsightLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(@Inject(InsightStage) private readonly stage: InsightStage) {}

  onApplicationBootstrap(): void {
    this.stage.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.stage.stop();
  }
}

/** The evaluation of all customers; it handles no events. */
@Module({})
export class InsightModule {
  static forRoot(parts: InsightParts): DynamicModule {
    return {
      module: InsightModule,
      providers: [{ provide: InsightStage, useValue: new InsightStage(parts) }, InsightLifecycle],
      exports: [InsightStage],
    };
  }
}
