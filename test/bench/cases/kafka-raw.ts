import { Kafka, logLevel } from 'kafkajs';
import { Stopwatch, type BenchCase } from '../bench-case';
import { WORKLOAD_TABLES, sourcePrefix } from './workload-messages';

/** The baseline of consumption: kafkajs alone, `eachBatch`, every value through JSON.parse, nothing else. */
export const kafkaRaw: BenchCase = async ({ brokers, events, run, attempt }) => {
  const kafka = new Kafka({ brokers, clientId: 'bench-raw', logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({
    groupId: `bench-raw-${run}-${attempt}`,
    maxBytesPerPartition: 4 * 1024 * 1024,
    allowAutoTopicCreation: false,
  });
  await consumer.connect();
  await consumer.subscribe({ topics: WORKLOAD_TABLES.map((table) => sourcePrefix(run) + table), fromBeginning: true });
  const watch = new Stopwatch();
  let count = 0;
  let parsed: unknown;
  await new Promise<void>((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => payload.restart || reject(payload.error));
    consumer
      .run({
        autoCommit: true,
        eachBatch: ({ batch }) => {
          watch.start();
          for (const { value } of batch.messages) {
            parsed = JSON.parse(value!.toString());
            count += 1;
          }
          if (count >= events) resolve();
          return Promise.resolve();
        },
      })
      .catch(reject);
  });
  const time = watch.stop();
  if (parsed === undefined) throw new Error('nothing was parsed');
  await consumer.disconnect();
  return { events: count, ...time };
};
