import type { StoreQueries } from '@syncline/engine/store';
import type { TargetDescription } from '@syncline/pipeline/deliver';
import type { SourceRegistry } from '@syncline/pipeline/ingest';
import type { PolicyInForce } from '@syncline/pipeline/rate';
import type { Clock } from '@syncline/pipeline/shared';
import type { PrometheusMetrics, SynclineConfig } from '@syncline/platform';
import type { Logger } from 'pino';
import type { Engine } from '../engine/build-engine';
import type { ProcessRole } from '../roles';
import type { ReconcileThread } from '../threads/reconcile-thread';
import type { Relays } from './relays';

/** What every part of one process is made from. */
export interface ProcessContext {
  role: ProcessRole;
  config: SynclineConfig;
  policyInForce: PolicyInForce;
  sources: SourceRegistry;
  targets: readonly TargetDescription[];
  engine: Engine;
  queries: StoreQueries;
  clock: Clock;
  metrics: PrometheusMetrics;
  logger: Logger;
  relays: Relays;
  /** Where reconcile works on a thread of its own. */
  reconcileThread?: ReconcileThread;
}
