import { Module, type DynamicModule } from '@nestjs/common';
import { ReconcileBatch, type ReconcileBatchParts } from './reconcile-batch';
import { ReconcileController } from './reconcile.controller';

/** Reconcile as a stage of its own, or beside the others in one process. */
@Module({})
export class ReconcileModule {
  static forRoot(parts: ReconcileBatchParts): DynamicModule {
    return {
      module: ReconcileModule,
      controllers: [ReconcileController],
      providers: [{ provide: ReconcileBatch, useValue: new ReconcileBatch(parts) }],
      exports: [ReconcileBatch],
    };
  }
}
