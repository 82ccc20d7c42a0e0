import { Module, type DynamicModule } from '@nestjs/common';
import { ReconcileBatch } from './reconcile-batch';
import { ReconcileController } from './reconcile.controller';

/** Reconcile as a stage of its own, or beside the others in one process. */
@Module({})
export class ReconcileModule {
  /** @param handler what takes the batches, here or on another thread */
  static forRoot(handler: Pick<ReconcileBatch, 'handle'>): DynamicModule {
    return {
      module: ReconcileModule,
      controllers: [ReconcileController],
      providers: [{ provide: ReconcileBatch, useValue: handler }],
      exports: [ReconcileBatch],
    };
  }
}
