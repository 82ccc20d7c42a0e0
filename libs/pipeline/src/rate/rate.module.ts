import { Module, type DynamicModule } from '@nestjs/common';
import { RateController } from './rate.controller';
import { RateStage, type RateParts } from './rate-stage';

/** Rate as a stage of its own, or beside the others in one process. */
@Module({})
export class RateModule {
  static forRoot(parts: RateParts): DynamicModule {
    return {
      module: RateModule,
      controllers: [RateController],
      providers: [{ provide: RateStage, useValue: new RateStage(parts) }],
      exports: [RateStage],
    };
  }
}
