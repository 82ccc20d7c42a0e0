import { Kafka, logLevel } from 'kafkajs';
import type { BenchCase } from '../bench-case';
import { WORKLOAD_TABLES, sourcePrefix } from './workload-messages';

/** The baseline of consumption: kafkajs alone, `eachBatch`, every value through JSON.parse, nothing else. */
export const kafkaRaw: BenchCase = async ({ brokers, events, run }) => {
  const kafka = new Kafka({ brokers, clientId: 'bench-raw', logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: `bench-raw-${run}`, maxBytesPerPartition: 4 * 1024 * 1024 });
  await consumer.connect();
  await consumer.subscribe({ topics: WORKLOAD_TABLES.map((table) => sourcePrefix(run) + table), fromBeginning: true });
  let count = 0;
  let started = 0;
  let parsed: unknown;
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        autoCommit: true,
        eachBatch: async ({ batch }) => {
          started ||= performance.now();
          for (const { value } of batch.messages) {
            parsed = JSON.parse(value!.toString());
            count += 1;
          }
          if (count >= events) resolve();
        },
      })
      .catch(reject);
  });
  const seconds = (performance.now() - started) / 1_000;
  if (parsed === undefined) throw new Error('nothing was parsed');
  await consumer.disconnect();
  return { events: count, seconds };
};
