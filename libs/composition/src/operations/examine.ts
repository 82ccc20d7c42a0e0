import { accessSync, constants, mkdirSync } from 'node:fs';
import { secretSource } from '@syncline/adapters';
import { createStore } from '@syncline/engine/store';
import { SynclineError } from '@syncline/model';
import { targetDescription, type CheckFinding, type TargetDescription } from '@syncline/pipeline/deliver';
import { createLogger, ShutdownSequence, type SynclineConfig } from '@syncline/platform';
import { buildEngine, partitionsOf } from '../engine/build-engine';
import { storeConfigOf } from '../engine/engine-config';
import { topicsOf } from '../engine/log-topics';
import { isEmbedded } from '../roles';
import { ADAPTER_REGISTRY } from '../stages/deliver-stage';
import { connectionFindings } from './connection-findings';
import { StateFolder } from './state-folder';

/** A target or a server that says nothing for so long is down. */
const PATIENCE_MS = 10_000;

/**
 * Looks at everything that an installation stands on: folders, database, schema, log, topics, queue, targets. Makes
 * the schema and the topics where they are missing, as a start would; changes nothing else.
 */
export async function* examineInstallation(config: SynclineConfig): AsyncGenerator<CheckFinding> {
  if (isEmbedded(config)) yield folderFinding(new StateFolder(config).path);
  yield* connectionFindings(config);
  yield* engineFindings(config);
  for (const { content, file } of config.targets) yield* targetFindings(targetDescription(content, file));
}

function folderFinding(path: string): CheckFinding {
  const name = 'data folder';
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.R_OK | constants.W_OK);
    return { name, ok: true, message: `${path} can be written` };
  } catch {
    const advice = 'Give the user that runs Syncline the right to write there, or set another store.path.';
    return { name, ok: false, message: `${path} can't be written`, advice };
  }
}

async function* engineFindings(config: SynclineConfig): AsyncGenerator<CheckFinding> {
  const shutdown = new ShutdownSequence(PATIENCE_MS);
  const logger = createLogger({ level: 'silent', role: 'doctor' });
  try {
    const store = await createStore(storeConfigOf(config));
    await store.ping().finally(() => store.close());
    yield { name: 'database', ok: true, message: `${config.profile.store.kind} answers` };
    const engine = await buildEngine(config, logger, shutdown);
    yield { name: 'schema', ok: true, message: 'the tables are as this version needs them' };
    const topics = topicsOf(config, partitionsOf(config));
    await engine.log.ensureTopics(topics);
    const positions = await engine.log.positions(
      'syncline.doctor',
      topics.map(({ topic }) => topic),
    );
    yield { name: 'event log', ok: true, message: `${topics.length} topics, ${positions.length} partitions` };
    await engine.queue.ping();
    yield { name: 'job queue', ok: true, message: `${config.profile.jobQueue.kind} answers` };
  } catch (error) {
    yield failed(partOf(error), error);
  } finally {
    await shutdown.run();
  }
}

async function* targetFindings(target: TargetDescription): AsyncGenerator<CheckFinding> {
  const name = `target ${target.name}`;
  if (!target.enabled) {
    yield { name, ok: true, message: 'is switched off (enabled: false)' };
    return;
  }
  const adapter = ADAPTER_REGISTRY.find(({ manifest }) => manifest.id === target.adapter);
  if (!adapter) {
    const known = ADAPTER_REGISTRY.map(({ manifest }) => manifest.id).join(', ');
    yield { name, ok: false, message: `there is no adapter ${target.adapter}`, advice: `There are ${known}.` };
    return;
  }
  try {
    const log = { warn: () => undefined, debug: () => undefined };
    const context = {
      target: target.name,
      fetch,
      secrets: secretSource(process.env),
      clock: { now: () => Date.now() },
      log,
    };
    const session = await adapter.open(target.config, context);
    try {
      for (const finding of await session.check(AbortSignal.timeout(PATIENCE_MS)))
        yield { ...finding, name: `${name}: ${finding.name}` };
    } finally {
      await session.close();
    }
  } catch (error) {
    yield failed(name, error);
  }
}

/** Which of the parts it is that an error of opening them speaks of. */
function partOf(error: unknown): string {
  const code = error instanceof SynclineError ? error.code : '';
  if (/^(EMBEDDED_)?STORE_/.test(code)) return 'database';
  if (code.startsWith('LOG_')) return 'event log';
  return code.startsWith('JOB_QUEUE_') ? 'job queue' : 'engine';
}

function failed(name: string, error: unknown): CheckFinding {
  if (!(error instanceof SynclineError))
    return { name, ok: false, message: error instanceof Error ? error.message : String(error) };
  return {
    name,
    ok: false,
    message: `${error.code}: ${error.message}`,
    ...(error.advice ? { advice: error.advice } : {}),
  };
}
