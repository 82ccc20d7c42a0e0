import { Controller, Module, type INestMicroservice, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { SynclineError } from '@syncline/model';
import type { ConsumeOptions, EventLog, LogBatch, ReportingLogConsumer } from '../event-log.port';
import { BatchContext } from './batch-context';
import { BatchErrorFilter } from './batch-error.filter';
import { BatchLogServer } from './batch-log-server';
import type { StageBinding } from './stage-binding';

let handle: (batch: LogBatch, context: BatchContext) => Promise<void>;

@Controller()
class IngestController {
  @EventPattern<string>('ingest')
  async onBatch(@Payload() batch: LogBatch, @Ctx() context: BatchContext): Promise<void> {
    await handle(batch, context);
  }
}

@Module({ controllers: [IngestController] })
class IngestModule {}

@Module({ controllers: [IngestController] })
class SecondIngestModule {}

@Module({ imports: [IngestModule, SecondIngestModule] })
class TwiceModule {}

@Module({})
class EmptyModule {}

/** A log whose batches the test hands out itself. */
class HandLog implements EventLog {
  consumers: (ConsumeOptions & { paused: boolean; stopped: boolean })[] = [];

  consume(options: ConsumeOptions): Promise<ReportingLogConsumer> {
    const state = { ...options, paused: false, stopped: false };
    this.consumers.push(state);
    const settle = (change: () => void) => {
      change();
      return Promise.resolve();
    };
    return Promise.resolve({
      pause: () => settle(() => (state.paused = true)),
      resume: () => settle(() => (state.paused = false)),
      stop: () => settle(() => (state.stopped = true)),
      status: () => ({ state: state.paused ? 'paused' : 'running' }),
    });
  }

  append = () => Promise.resolve();
  ensureTopics = () => Promise.resolve();
  positions = () => Promise.resolve([]);
  close = () => Promise.resolve();
}

const BINDING: StageBinding = { pattern: 'ingest', group: 'syncline.ingest', topics: ['a', 'b'], maxMessages: 100 };
const BATCH: LogBatch = { topic: 'a', partition: 0, messages: [{ key: null, value: null, timestamp: 0, offset: 5 }] };
const heartbeat = jest.fn(() => Promise.resolve());

describe('batch log server', () => {
  let log: HandLog;
  let app: INestMicroservice;
  let server: BatchLogServer;
  let crashes: unknown[][];

  async function start(module: Type, bindings: StageBinding[] = [BINDING]): Promise<void> {
    log = new HandLog();
    crashes = [];
    server = new BatchLogServer({ log, bindings, onCrash: (...crash) => crashes.push(crash) });
    app = await NestFactory.createMicroservice(module, { strategy: server, logger: false });
    app.useGlobalFilters(new BatchErrorFilter());
    await app.listen();
  }

  const deliver = () =>
    log.consumers[log.consumers.length - 1].onBatch(BATCH, { signal: new AbortController().signal, heartbeat });

  afterEach(() => app.close());

  it('calls the handler once with the batch and its control', async () => {
    const calls: unknown[] = [];
    handle = async (batch, context) => {
      calls.push(batch, context.signal.aborted);
      await context.heartbeat();
    };
    await start(IngestModule);
    await deliver();
    expect(calls).toEqual([BATCH, false]);
    expect(heartbeat).toHaveBeenCalledTimes(1);
    expect(log.consumers[0]).toMatchObject({ group: 'syncline.ingest', topics: ['a', 'b'], maxMessages: 100 });
  });

  it('waits for the handler', async () => {
    let finish: () => void = () => undefined;
    handle = () => new Promise((resolve) => (finish = resolve));
    await start(IngestModule);
    let done = false;
    const delivered = deliver().then(() => (done = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toBe(false);
    finish();
    await delivered;
  });

  it('gives the handler’s own error to the log and shows the stage as degraded until it succeeds', async () => {
    const error = new SynclineError({ code: 'STORE_BUSY', kind: 'transient', message: 'the store is busy' });
    handle = () => Promise.reject(error);
    await start(IngestModule);
    await expect(deliver()).rejects.toBe(error);
    expect(server.stageStatus('ingest')).toMatchObject({
      state: 'DEGRADED',
      rejections: 1,
      message: 'the store is busy',
    });
    handle = () => Promise.resolve();
    await deliver();
    expect(server.stageStatuses()).toEqual([
      {
        pattern: 'ingest',
        name: 'ingest',
        group: 'syncline.ingest',
        topics: ['a', 'b'],
        state: 'RUNNING',
        rejections: 0,
      },
    ]);
    expect(crashes).toEqual([]);
  });

  it('reports a fatal error as a crash', async () => {
    const error = new SynclineError({ code: 'STORE_GONE', kind: 'fatal', message: 'the store is gone' });
    handle = () => Promise.reject(error);
    await start(IngestModule);
    await expect(deliver()).rejects.toBe(error);
    expect(crashes).toEqual([[error, 'ingest']]);
    expect(server.stageStatus('ingest')).toMatchObject({ state: 'FAILED', message: 'the store is gone' });
  });

  it('pauses, resumes, stops and restarts a stage', async () => {
    await start(IngestModule);
    await server.pause('ingest');
    expect([log.consumers[0].paused, server.stageStatus('ingest').state]).toEqual([true, 'PAUSED']);
    await server.resume('ingest');
    expect([log.consumers[0].paused, server.stageStatus('ingest').state]).toEqual([false, 'RUNNING']);
    await server.stopStage('ingest');
    expect([log.consumers[0].stopped, server.stageStatus('ingest').state]).toEqual([true, 'STOPPED']);
    await server.restartStage('ingest');
    expect([log.consumers.length, server.stageStatus('ingest').state]).toEqual([2, 'RUNNING']);
    expect(() => server.pause('rate')).toThrow(expect.objectContaining({ code: 'STAGE_UNKNOWN' }));
  });

  it('pauses each of several named bindings of a handler on its own', async () => {
    await start(IngestModule, [
      { ...BINDING, name: 'ingest:erp' },
      { ...BINDING, name: 'ingest:crm' },
    ]);
    await server.pause('ingest:crm');
    expect(server.stageStatuses().map(({ name, state }) => [name, state])).toEqual([
      ['ingest:erp', 'RUNNING'],
      ['ingest:crm', 'PAUSED'],
    ]);
  });

  it.each([
    ['a binding without a handler', EmptyModule, [BINDING], 'STAGE_HANDLER_MISSING'],
    ['a handler without a binding', IngestModule, [], 'STAGE_BINDING_MISSING'],
    ['two bindings of a pattern', IngestModule, [BINDING, BINDING], 'STAGE_HANDLER_AMBIGUOUS'],
    ['two handlers of a pattern', TwiceModule, [BINDING], 'STAGE_HANDLER_AMBIGUOUS'],
  ])('fails the start on %s', async (_, module, bindings, code) => {
    await expect(start(module, bindings)).rejects.toMatchObject({ code });
    expect(log.consumers).toEqual([]);
  });
});
