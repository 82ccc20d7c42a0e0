import type { SourceEvent } from './event';
import type { Chance } from './random';

/**
 * What happens to messages on their way: topics overtake each other, as connectors and partitions allow; some messages
 * come late, further than any protocol allows; some come twice, the second time long after the first.
 */
export function transported(events: readonly SourceEvent[], chance: Chance): SourceEvent[] {
  const delayOf = new Map<string, number>();
  const due = events.flatMap((event, at) => {
    if (!delayOf.has(event.topic) || chance.happens(0.02)) delayOf.set(event.topic, chance.between(0, 120));
    const late = chance.happens(0.02) ? chance.between(100, 400) : 0;
    const arrival = { event, at: at + delayOf.get(event.topic)! + late };
    const again = { event, at: arrival.at + chance.between(1, 500) };
    return chance.happens(0.04) ? [arrival, again] : [arrival];
  });
  return due
    .map((each, index) => ({ ...each, index }))
    .sort((x, y) => x.at - y.at || x.index - y.index)
    .map(({ event }) => event);
}

/** One call of the front door each: messages of one system, a few or many. */
export interface Chunk {
  system: string;
  events: SourceEvent[];
}

export function chunksOf(events: readonly SourceEvent[], chance: Chance): Chunk[] {
  const chunks: Chunk[] = [];
  for (let from = 0; from < events.length;) {
    const size = chance.happens(0.1) ? chance.between(100, 200) : chance.between(5, 50);
    const bySystem = new Map<string, SourceEvent[]>();
    for (const event of events.slice(from, from + size)) {
      const own = bySystem.get(event.system) ?? [];
      bySystem.set(event.system, own);
      own.push(event);
    }
    for (const [system, own] of bySystem) chunks.push({ system, events: own });
    from += size;
  }
  return chunks;
}
