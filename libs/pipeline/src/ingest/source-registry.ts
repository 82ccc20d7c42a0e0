import type { CompiledMapping } from '@syncline/mapping';
import type { SystemDescription } from '../shared/system';

/** A connected system with its mapping. */
export interface IngestSystem {
  system: SystemDescription;
  mapping: CompiledMapping;
}

const HEARTBEAT = '__debezium-heartbeat.';

/** Which topics belong to which system, and what its mapping does with them. */
export class SourceRegistry {
  private readonly byTopic = new Map<string, IngestSystem>();
  private readonly byName = new Map<string, IngestSystem>();

  constructor(systems: readonly IngestSystem[]) {
    for (const entry of systems) {
      this.byName.set(entry.system.name, entry);
      for (const topic of topicsOf(entry)) this.byTopic.set(topic, entry);
    }
  }

  /** The topics that ingest reads: mapped ones, and the heartbeats that prove an idle source alive. */
  topics(): string[] {
    return [...this.byTopic.keys()];
  }

  ofSystem(name: string): IngestSystem | undefined {
    return this.byName.get(name);
  }

  /** The system of a topic, by its name or its prefix. */
  ofTopic(topic: string): IngestSystem | undefined {
    const known = this.byTopic.get(topic);
    if (known) return known;
    let longest: IngestSystem | undefined;
    for (const entry of this.byName.values()) {
      const prefix = entry.system.topicPrefix;
      if (topic.startsWith(prefix) && prefix.length > (longest?.system.topicPrefix.length ?? -1)) longest = entry;
    }
    return longest;
  }
}

function topicsOf({ system, mapping }: IngestSystem): string[] {
  // The connector's own prefix comes before the schema: `erp` of `erp.public.`.
  const connector = system.topicPrefix.split('.')[0] ?? '';
  const heartbeat = connector === '' ? [] : [HEARTBEAT + connector];
  return [...mapping.sources.map((source) => system.topicPrefix + source), ...heartbeat];
}

/** Whether a topic carries heartbeats instead of data. */
export function isHeartbeat(topic: string): boolean {
  return topic.startsWith(HEARTBEAT);
}
