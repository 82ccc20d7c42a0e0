import type { EventLog } from './event-log.port';

export interface ReadingGroup {
  group: string;
  topics: readonly string[];
}

/** Messages on their topics that the groups have not read yet, all together. */
export async function backlogOf(log: Pick<EventLog, 'positions'>, groups: readonly ReadingGroup[]): Promise<number> {
  let messages = 0;
  for (const { group, topics } of groups)
    for (const { committed, end } of await log.positions(group, [...topics])) messages += end - (committed ?? 0);
  return messages;
}
