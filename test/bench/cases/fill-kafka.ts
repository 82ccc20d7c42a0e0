import { createEventLog } from '@syncline/engine/log';
import { Stopwatch, type BenchCase } from '../bench-case';
import { WORKLOAD_TABLES, sourcePrefix, workloadChunks } from './workload-messages';

/** Puts the workload on the broker; not a measurement. */
export const fillKafka: BenchCase = async ({ brokers, events, customers, run }) => {
  const log = await createEventLog({ kind: 'kafka', brokers, clientId: 'bench-fill' }, { now: () => Date.now() });
  const prefix = sourcePrefix(run);
  await log.ensureTopics(WORKLOAD_TABLES.map((table) => ({ topic: prefix + table, partitions: 1 })));
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
