import { TOPICS } from '@syncline/pipeline/shared';
import type { StageBinding } from '@syncline/pipeline/shared/transport';
import type { SynclineConfig } from '@syncline/platform';
import { sourceTopicsOf } from '../engine/log-topics';
import type { Stage } from '../roles';

/** The name of the binding that reads a system's topics: one source connector. */
export function sourceBinding(system: string): string {
  return `ingest:${system}`;
}

/** What a stage reads, as which groups. Ingest reads each system apart, so that one can be paused alone. */
export function stageBindings(stage: Stage, config: SynclineConfig): StageBinding[] {
  const binding = (topics: string[], part?: string): StageBinding => ({
    pattern: stage,
    name: part === undefined ? stage : `${stage}:${part}`,
    group: ['syncline', stage, part].filter((each) => each !== undefined).join('.'),
    topics,
    maxMessages: config.profile.batch.maxMessages,
  });
  switch (stage) {
    case 'ingest':
      return [
        ...config.systems.map((system) => binding(sourceTopicsOf(system), system.name)),
        binding([TOPICS.replays], 'replay'),
      ];
    case 'reconcile':
      return [binding([TOPICS.records])];
    case 'rate':
      return [binding([TOPICS.customers])];
    case 'deliver':
      return [binding([TOPICS.ratings, TOPICS.customers])];
  }
}
