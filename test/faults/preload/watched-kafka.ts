import { createRequire } from 'node:module';
import type { Moments } from './moments';

interface Producer {
  sendBatch(batch: unknown): Promise<unknown>;
}
interface BatchPayload {
  commitOffsetsIfNecessary(offsets?: unknown): Promise<void>;
}
interface RunOptions {
  eachBatch?(payload: BatchPayload): Promise<void>;
}
interface Consumer {
  run(options: RunOptions): Promise<void>;
}
interface Client {
  producer(options?: object): Producer;
  consumer(options: object): Consumer;
}

/** The least that a broker allows: a member that died holds up its group no longer than this. */
const SESSION_MS = 6_000;

/** What is appended to Kafka, and the positions that are committed there. */
export function watchKafka(moments: Moments): void {
  const { Kafka } = createRequire(__filename)('kafkajs') as { Kafka: { prototype: Client } };
  const { producer, consumer } = Kafka.prototype;
  Kafka.prototype.producer = function (this: Client, options) {
    const made = producer.call(this, options);
    const sendBatch = made.sendBatch.bind(made);
    made.sendBatch = (batch) => moments.aroundAsync('log_append', () => sendBatch(batch));
    return made;
  };
  Kafka.prototype.consumer = function (this: Client, options) {
    const patience = { sessionTimeout: SESSION_MS, heartbeatInterval: SESSION_MS / 10 };
    const made = consumer.call(this, { ...options, ...patience });
    const run = made.run.bind(made);
    made.run = (given) => run(watchedRun(given, moments));
    return made;
  };
}

function watchedRun(options: RunOptions, moments: Moments): RunOptions {
  const { eachBatch } = options;
  if (!eachBatch) return options;
  return {
    ...options,
    eachBatch: (payload) => {
      const commit = payload.commitOffsetsIfNecessary.bind(payload);
      payload.commitOffsetsIfNecessary = (offsets) => moments.aroundAsync('offset_commit', () => commit(offsets));
      return eachBatch(payload);
    },
  };
}
