import { parseMapping } from '@syncline/mapping';
import { TOPICS, type TopicSpec } from '@syncline/pipeline/shared';
import type { SynclineConfig, SystemConfig } from '@syncline/platform';

/** Topics that keep only the latest message of each key: who begins late gets the state. */
const COMPACTED = new Set<string>([TOPICS.customers, TOPICS.ratings]);

/** The source topics of a system: its prefix and the source names of its mapping, those that it ignores too. */
export function sourceTopicsOf({ mapping: file, topicPrefix }: SystemConfig): string[] {
  const { mapping } = parseMapping(file.text, file.file);
  return [...(mapping?.sources.keys() ?? [])].map((source) => `${topicPrefix}${source}`);
}

/** Every topic that the installation needs. */
export function topicsOf(config: SynclineConfig, partitions: number): TopicSpec[] {
  const sources = config.systems.flatMap(sourceTopicsOf);
  return [
    ...sources.map((topic) => ({ topic, partitions })),
    ...Object.values(TOPICS).map((topic) => ({ topic, partitions, ...(COMPACTED.has(topic) ? { compacted: true } : {}) })),
  ];
}
