import type { ReceivedMessage } from '@syncline/pipeline/shared';
import type { Installation } from './installation';

/** What was published on a topic since it was last read this way, partition by partition. */
export async function publishedEvents(installation: Installation, topic: string): Promise<ReceivedMessage[]> {
  const { log } = installation.context.engine;
  const group = 'e2e-reader';
  const events: ReceivedMessage[] = [];
  const consumer = await log.consume({
    group,
    topics: [topic],
    maxMessages: 2_000,
    onBatch: async ({ messages }) => void events.push(...messages),
    onCrash: (error) => {
      throw error;
    },
  });
  const isAtEnd = async (): Promise<boolean> =>
    (await log.positions(group, [topic])).every(({ committed, end }) => (committed ?? 0) >= end);
  while (!(await isAtEnd())) await new Promise((resolve) => setTimeout(resolve, 10));
  await consumer.stop();
  return events;
}
