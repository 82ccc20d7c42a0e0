import { compileMapping, parseMapping } from '@syncline/mapping';
import { SourceRegistry, type IngestSystem } from '@syncline/pipeline/ingest';
import { TOPICS, type TopicSpec } from '@syncline/pipeline/shared';
import { ConfigInvalidError, type SynclineConfig, type SystemConfig } from '@syncline/platform';
import { CONFIG_CHECKS } from '../installation';

/** Topics that keep only the latest message of each key: who begins late gets the state. */
const COMPACTED = new Set<string>([TOPICS.customers, TOPICS.ratings]);

/**
 * A system with its mapping compiled.
 * @throws ConfigInvalidError
 */
export function ingestSystem(system: SystemConfig): IngestSystem {
  const { mapping } = parseMapping(system.mapping.text, system.mapping.file);
  if (!mapping) throw new ConfigInvalidError(CONFIG_CHECKS.mapping?.(system.mapping) ?? []);
  return { system, mapping: compileMapping(mapping, system) };
}

/** The topics of one system that ingest reads. */
export function sourceTopicsOf(system: SystemConfig): string[] {
  return new SourceRegistry([ingestSystem(system)]).topics();
}

/** Every topic that the installation needs. */
export function topicsOf(config: SynclineConfig, partitions: number): TopicSpec[] {
  const sources = config.systems.flatMap(sourceTopicsOf);
  return [
    ...sources.map((topic) => ({ topic, partitions })),
    ...Object.values(TOPICS).map((topic) => ({
      topic,
      partitions,
      ...(COMPACTED.has(topic) ? { compacted: true } : {}),
    })),
  ];
}
