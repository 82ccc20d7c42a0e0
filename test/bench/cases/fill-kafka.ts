import { createEventLog } from '@syncline/engine/log';
import type { EventLog } from '@syncline/pipeline/shared';
import { Stopwatch, type BenchCase } from '../bench-case';
import { WORKLOAD_TABLES, sourcePrefix, workloadChunks } from './workload-messages';

/** Puts the workload on the broker; not a measurement. */
export const fillKafka: BenchCase = async ({ brokers, events, customers, run }) => {
  const log = await createEventLog({ kind: 'kafka', brokers, clientId: 'bench-fill' }, { now: () => Date.now() });
  const prefix = sourcePrefix(run);
  await log.ensureTopics(WORKLOAD_TABLES.map((table) => ({ topic: prefix + table, partitions: 1 })));
  await coordinatorKnown(
    log,
    WORKLOAD_TABLES.map((table) => prefix + table),
  );
  const watch = new Stopwatch().start();
  let count = 0;
  for (const batches of workloadChunks(events, customers, prefix)) {
    await log.append(batches);
    count += batches.reduce((sum, { messages }) => sum + messages.length, 0);
  }
  const time = watch.stop();
  await log.close();
  return { events: count, ...time };
};

/** kafkajs gives up for good on a group that a broker, just started, knows no coordinator of; the raw case would hang. */
async function coordinatorKnown(log: EventLog, topics: string[]): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      await log.positions('bench-fill', topics);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
