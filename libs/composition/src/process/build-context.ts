import { creditPolicyOf } from '@syncline/credit';
import { createStoreQueries } from '@syncline/engine/store';
import { targetDescription } from '@syncline/pipeline/deliver';
import { SourceRegistry } from '@syncline/pipeline/ingest';
import { PolicyInForce } from '@syncline/pipeline/rate';
import { PrometheusMetrics, SystemClock, type ShutdownSequence, type SynclineConfig } from '@syncline/platform';
import type { Logger } from 'pino';
import { buildEngine, partitionsOf } from '../engine/build-engine';
import { ingestSystem, topicsOf } from '../engine/log-topics';
import type { ProcessRole } from '../roles';
import type { ProcessContext } from './process-context';
import { startReconcileThread } from '../threads/start-reconcile-thread';
import { Relays } from './relays';

/** Opens the engine, makes the topics and everything that all stages share. Closing is registered with `shutdown`. */
export async function buildContext(
  role: ProcessRole,
  config: SynclineConfig,
  logger: Logger,
  shutdown: ShutdownSequence,
  onFatal: (error: Error, stage: string) => void,
): Promise<ProcessContext> {
  const policy = creditPolicyOf(config.policy.text, config.policy.file);
  const sources = new SourceRegistry(config.systems.map(ingestSystem));
  const targets = config.targets.map(({ content, file }) => targetDescription(content, file));
  const clock = new SystemClock(config.timeZone, config.businessDate);
  const metrics = new PrometheusMetrics({ role });
  const engine = await buildEngine(config, logger, shutdown);
  await engine.log.ensureTopics(topicsOf(config, partitionsOf(config)));
  const relays = new Relays(engine.store.outbox, engine.log, logger);
  shutdown.add('work', 'outbox relays', () => relays.stop());
  const reconcileThread = await startReconcileThread({ role, config, engine, relays, metrics, onFatal });
  return {
    role,
    config,
    policyInForce: new PolicyInForce(engine.store.policies, policy),
    sources,
    targets,
    engine,
    queries: createStoreQueries(engine.store.dialect),
    clock,
    metrics,
    logger,
    relays,
    ...(reconcileThread ? { reconcileThread } : {}),
  };
}
