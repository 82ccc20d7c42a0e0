export * from './ingest-store.port';
export * from './errors';
export * from './decode';
export { SourceRegistry, type IngestSystem } from './source-registry';
export { mapMessage, type MappedMessage } from './map-message';
export { IngestBatch, type IngestParts } from './ingest-batch';
export { IngestModule, ingestTopics } from './ingest.module';
export { IngestController } from './ingest.controller';
export { FrontDoor, type FrontDoorCounts, type FrontDoorParts, type LagBound } from './front-door';
export { splitLines, MAX_LINE_BYTES } from './split-lines';
export { parseEventLine, type EventLine } from './event-line';
export { ReplayDeadLetters, type LetterReplay, type ReplayParts, type ReplayRequest } from './replay-dead-letters';
export { INGEST_METRICS } from './ingest-metrics';
export { deadLetterOf, letterId, parkingKeyOf } from './dead-letters';
export {
  lintMappingFiles,
  runMappingOnLines,
  testMappingFiles,
  type CommandFile,
  type CommandResult,
  type RunOptions,
} from './commands/mapping-commands';
