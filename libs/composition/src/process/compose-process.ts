import { NestFactory } from '@nestjs/core';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { NestMicroservice } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DeliverStage } from '@syncline/pipeline/deliver';
import { createGatewayAdapter, finishGateway, gatewayAppOptions } from '@syncline/pipeline/publish';
import { BatchErrorFilter, BatchLogServer } from '@syncline/pipeline/shared/transport';
import {
  createLogger,
  NestLogger,
  ShutdownSequence,
  type ShutdownReport,
  type SynclineConfig,
} from '@syncline/platform';
import type { Logger } from 'pino';
import { compositionError } from '../errors';
import { makeFirstKey } from '../operations/make-key';
import { healthChecks } from '../operations/health-checks';
import { PipelineProgress } from '../operations/progress';
import { StateFolder } from '../operations/state-folder';
import { checkTopology, isEmbedded, servesApi, stagesOf, type ProcessRole } from '../roles';
import { buildContext } from './build-context';
import { createHealthServer } from './health-server';
import { listenError, localUrl } from './http-address';
import type { ProcessContext } from './process-context';
import { ProcessModule } from './process-module';
import { stageBindings } from './stage-bindings';

export interface ComposeOptions {
  logger?: Logger;
  /** A stage can't go on: the process should end. Default: nothing; the stage is shown as FAILED. */
  onFatal?(error: unknown): void;
}

/** A process that runs. */
export interface RunningProcess {
  role: ProcessRole;
  context: ProcessContext;
  /** Address of the API, or of health and metrics. */
  url: string;
  /** The administrator's key that this first start made; shown once. */
  firstKey: string | null;
  /** Of all stages, whichever process runs them. */
  progress: PipelineProgress;
  stop(): Promise<ShutdownReport>;
}

/**
 * Puts a process together and starts it: topology, database (locked when embedded, migrated), topics, relays, stages,
 * HTTP. What was opened is closed again when the start fails.
 * @throws SynclineError EMBEDDED_NEEDS_STANDALONE, EMBEDDED_STORE_IN_USE, HTTP_PORT_TAKEN and those of the parts
 */
export async function composeProcess(
  role: ProcessRole,
  config: SynclineConfig,
  options: ComposeOptions = {},
): Promise<RunningProcess> {
  checkTopology(role, config);
  const logger = options.logger ?? createLogger({ level: config.logLevel, role });
  const shutdown = new ShutdownSequence(config.profile.shutdown.graceSeconds * 1_000);
  try {
    const onCrash = (error: unknown, stage: string): void => {
      logger.fatal({ stage, code: 'STAGE_CRASHED', err: error }, 'a stage can not go on');
      options.onFatal?.(compositionError('STAGE_CRASHED', `the stage ${stage} can not go on`, error));
    };
    const context = await buildContext(role, config, logger, shutdown, onCrash);
    return await start(context, shutdown, onCrash);
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

type OnCrash = (error: unknown, stage: string) => void;

async function start(context: ProcessContext, shutdown: ShutdownSequence, onCrash: OnCrash): Promise<RunningProcess> {
  const { role, config, engine, queries, clock, relays, logger } = context;
  const server = stageServer(context, onCrash);
  const started: { app?: INestApplicationContext } = {};
  const hasTargets = stagesOf(role).includes('deliver');
  const targets = () => (hasTargets ? (started.app?.get(DeliverStage, { strict: false }).status() ?? []) : []);
  const module = ProcessModule.forRole(context, server, targets);
  const folder = new StateFolder(config);
  const nestLogger = new NestLogger(logger);
  const run = servesApi(role) ? startApi : startStages;
  const { app, url } = await run({ module, server, nestLogger, context, shutdown });
  started.app = app;
  const firstKey = isEmbedded(config) ? await makeFirstKey(queries.apiKeys, clock, folder.apiKeyFile) : null;
  if (isEmbedded(config)) {
    folder.noteUrl(url);
    shutdown.add('intake', 'address file', async () => folder.forgetUrl());
  }
  const bindings = (['ingest', 'reconcile', 'rate', 'deliver'] as const).flatMap((stage) =>
    stageBindings(stage, config),
  );
  const progress = new PipelineProgress(engine.log, bindings, relays, queries.deliveries);
  return { role, context, url, firstKey, progress, stop: () => shutdown.run() };
}

function stageServer({ role, config, engine }: ProcessContext, onCrash: OnCrash): BatchLogServer | null {
  const bindings = stagesOf(role).flatMap((stage) => stageBindings(stage, config));
  if (bindings.length === 0) return null;
  return new BatchLogServer({ log: engine.log, bindings, onCrash });
}

interface StartParts {
  module: DynamicModule;
  server: BatchLogServer | null;
  nestLogger: NestLogger;
  context: ProcessContext;
  shutdown: ShutdownSequence;
}

interface Started {
  app: INestApplicationContext;
  url: string;
}

/** Stages and API in one Nest application. The API listens last: it never promises what can't be taken. */
async function startApi({ module, server, nestLogger, context: { config }, shutdown }: StartParts): Promise<Started> {
  const adapter = createGatewayAdapter({ trustedProxies: config.profile.http.trustedProxies });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    ...gatewayAppOptions,
    logger: nestLogger,
    abortOnError: false,
    forceCloseConnections: true,
  });
  shutdown.add('intake', 'application', () => app.close());
  if (server) connectStages(app, server);
  finishGateway(app);
  await app.startAllMicroservices();
  try {
    await app.listen(config.profile.http.port, config.profile.http.host);
  } catch (error) {
    throw listenError(error, config);
  }
  return { app, url: localUrl(app.getHttpServer().address(), config) };
}

/** Initialized late, so that the filter still applies; without calling the stages' start-up hooks a second time. */
function connectStages(app: NestFastifyApplication, server: BatchLogServer): void {
  const stages = app.connectMicroservice({ strategy: server }, { deferInitialization: true });
  stages.useGlobalFilters(new BatchErrorFilter());
  if (stages instanceof NestMicroservice) stages.setIsInitHookCalled(true);
}

async function startStages({ module, server, nestLogger, context, shutdown }: StartParts): Promise<Started> {
  const { config, engine, metrics } = context;
  const health = createHealthServer(healthChecks(engine, server), metrics);
  await new Promise<void>((resolve, reject) => {
    health.once('error', (error) => reject(listenError(error, config) as Error));
    health.listen(config.profile.http.port, config.profile.http.host, resolve);
  });
  shutdown.add('databases', 'health', async () => void health.close());
  const app = await NestFactory.createMicroservice(module, {
    strategy: server ?? undefined,
    logger: nestLogger,
    abortOnError: false,
  });
  shutdown.add('intake', 'stages', () => app.close());
  app.useGlobalFilters(new BatchErrorFilter());
  await app.listen();
  return { app, url: localUrl(health.address(), config) };
}
