import { Module, type DynamicModule } from '@nestjs/common';
import { DeliverModule, type TargetStatus } from '@syncline/pipeline/deliver';
import { IngestModule } from '@syncline/pipeline/ingest';
import { InsightModule } from '@syncline/pipeline/insight';
import { PublishModule } from '@syncline/pipeline/publish';
import { RateModule } from '@syncline/pipeline/rate';
import { ReconcileModule } from '@syncline/pipeline/reconcile';
import type { BatchLogServer } from '@syncline/pipeline/shared/transport';
import { servesApi, stagesOf, type Stage } from '../roles';
import { deliverParts } from '../stages/deliver-stage';
import { ingestParts } from '../stages/ingest-stage';
import { insightParts } from '../stages/insight-stage';
import { publishParts } from '../stages/publish-stage';
import { rateParts } from '../stages/rate-stage';
import { reconcileHandler } from '../stages/reconcile-stage';
import type { ProcessContext } from './process-context';

/** The module of one process: its stages, and the API where the role serves it. */
@Module({})
export class ProcessModule {
  /** @param targets how the targets of this process are, for the connectors API */
  static forRole(context: ProcessContext, server: BatchLogServer | null, targets: () => TargetStatus[]): DynamicModule {
    const imports = stagesOf(context.role).map((stage) => stageModule(stage, context));
    // The rate role has the calendar of both: what is due once a day.
    if (stagesOf(context.role).includes('rate')) imports.push(InsightModule.forRoot(insightParts(context)));
    if (servesApi(context.role)) imports.push(PublishModule.forRoot(publishParts(context, server, targets)));
    return { module: ProcessModule, imports };
  }
}

function stageModule(stage: Stage, context: ProcessContext): DynamicModule {
  switch (stage) {
    case 'ingest':
      return IngestModule.forRoot(ingestParts(context));
    case 'reconcile':
      return ReconcileModule.forRoot(reconcileHandler(context));
    case 'rate':
      return RateModule.forRoot(rateParts(context));
    case 'deliver':
      return DeliverModule.forRoot(deliverParts(context));
  }
}
