import { createEventLog } from '@syncline/engine/log';
import type { BenchCase } from '../bench-case';
import { WORKLOAD_TABLES, sourcePrefix, workloadChunks } from './workload-messages';

/** Puts the workload on the broker; not a measurement, but its rate is shown. */
export const fillKafka: BenchCase = async ({ brokers, events, customers, run }) => {
  const log = await createEventLog({ kind: 'kafka', brokers, clientId: 'bench-fill' }, { now: () => Date.now() });
  const prefix = sourcePrefix(run);
  await log.ensureTopics(WORKLOAD_TABLES.map((table) => ({ topic: prefix + table, partitions: 1 })));
  const started = performance.now();
  let count = 0;
  for (const batches of workloadChunks(events, customers, prefix)) {
    await log.append(batches);
    count += batches.reduce((sum, { messages }) => sum + messages.length, 0);
  }
  const seconds = (performance.now() - started) / 1_000;
  await log.close();
  return { events: count, seconds };
};
