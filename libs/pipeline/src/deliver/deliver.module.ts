import { Module, type DynamicModule } from '@nestjs/common';
import { DeliverController } from './deliver.controller';
import { DeliverStage, type DeliverParts } from './deliver-stage';

/** Deliver as a stage of its own, or beside the others in one process. */
@Module({})
export class DeliverModule {
  static forRoot(parts: DeliverParts): DynamicModule {
    return {
      module: DeliverModule,
      controllers: [DeliverController],
      providers: [{ provide: DeliverStage, useValue: new DeliverStage(parts) }],
      exports: [DeliverStage],
    };
  }
}
