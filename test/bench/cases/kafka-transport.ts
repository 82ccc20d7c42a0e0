import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload, type MicroserviceOptions } from '@nestjs/microservices';
import { createEventLog } from '@syncline/engine/log';
import type { LogBatch } from '@syncline/pipeline/shared';
import { BatchErrorFilter, BatchLogServer } from '@syncline/pipeline/shared/transport';
import { Stopwatch, type BenchCase } from '../bench-case';
import { WORKLOAD_TABLES, sourcePrefix } from './workload-messages';

const progress = { count: 0, watch: new Stopwatch(), wanted: 0, done: (): void => undefined };

@Controller()
class ParsingController {
  @EventPattern('bench')
  handle(@Payload() batch: LogBatch): void {
    progress.watch.start();
    for (const { value } of batch.messages) {
      JSON.parse(value!.toString());
      progress.count += 1;
    }
    if (progress.count >= progress.wanted) progress.done();
  }
}

@Module({ controllers: [ParsingController] })
class BenchModule {}

/** The same work as the raw baseline, through Syncline's log and its Nest transport. */
export const kafkaTransport: BenchCase = async ({ brokers, events, run, attempt }) => {
  const log = await createEventLog({ kind: 'kafka', brokers, clientId: 'bench-transport' }, { now: () => Date.now() });
  const topics = WORKLOAD_TABLES.map((table) => sourcePrefix(run) + table);
  const strategy = new BatchLogServer({
    log,
    bindings: [{ pattern: 'bench', group: `bench-transport-${run}-${attempt}`, topics, maxMessages: 2_000 }],
    onCrash: (error) => {
      throw error;
    },
  });
  progress.wanted = events;
  const finished = new Promise<void>((resolve) => (progress.done = resolve));
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(BenchModule, { strategy, logger: false });
  app.useGlobalFilters(new BatchErrorFilter());
  await app.listen();
  await finished;
  const time = progress.watch.stop();
  await app.close();
  await log.close();
  return { events: progress.count, ...time };
};
