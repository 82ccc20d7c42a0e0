import { Module, type DynamicModule } from '@nestjs/common';
import { TOPICS } from '../shared/topics';
import { IngestBatch, type IngestParts } from './ingest-batch';
import { IngestController } from './ingest.controller';
import type { SourceRegistry } from './source-registry';

/** Ingest as a stage of its own, or beside the others in one process. */
@Module({})
export class IngestModule {
  static forRoot(parts: IngestParts): DynamicModule {
    return {
      module: IngestModule,
      controllers: [IngestController],
      providers: [{ provide: IngestBatch, useValue: new IngestBatch(parts) }],
      exports: [IngestBatch],
    };
  }
}

/** The topics that the stage reads: all sources, and what comes back from the dead letters. */
export function ingestTopics(sources: SourceRegistry): string[] {
  return [...sources.topics(), TOPICS.replays];
}
