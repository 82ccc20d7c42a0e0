import { randomBytes, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { TargetStatus } from '@syncline/pipeline/deliver';
import { FrontDoor, ReplayDeadLetters } from '@syncline/pipeline/ingest';
import type { GroupLags, IdentityDecisions, PersonalDataErasure, PublishParts } from '@syncline/pipeline/publish';
import { DiffPolicies } from '@syncline/pipeline/rate';
import { DecideIdentity, ErasePersonalData, RECONCILE_STAGE } from '@syncline/pipeline/reconcile';
import type { BatchLogServer } from '@syncline/pipeline/shared/transport';
import { healthChecks } from '../operations/health-checks';
import { ProcessConnectors } from '../operations/process-connectors';
import type { ProcessContext } from '../process/process-context';
import { stageBindings } from '../process/stage-bindings';
import { STAGES } from '../roles';
import { VERSION } from '../version';
import { lagBound } from './ingest-stage';
import { matchingModel, reconcileRules, reconcileSettings } from './reconcile-rules';

/** Everything that the API stands on. */
export function publishParts(
  context: ProcessContext,
  server: BatchLogServer | null,
  targets: () => TargetStatus[],
): PublishParts {
  const { config, policyInForce, engine, queries, clock, metrics, sources } = context;
  const { log, store } = engine;
  const persons = personChanges(context);
  return {
    settings: {
      version: VERSION,
      systemCurrencies: Object.fromEntries(config.systems.map(({ name, currency }) => [name, currency])),
      accessLimits: config.profile.http.limits,
    },
    clock,
    random: (count) => randomBytes(count),
    customers: queries.customers,
    documents: queries.documents,
    records: queries.records,
    ratings: queries.ratings,
    reconciliation: queries.reconciliation,
    insights: queries.insights,
    insightRequests: store.insight,
    deliveries: queries.deliveries,
    deadLetterQueries: queries.deadLetters,
    deadLetters: store.deadLetters,
    apiKeys: queries.apiKeys,
    audit: queries.audit,
    identityDecisions: persons.decisions,
    erasure: persons.erasure,
    matches: queries.matches,
    matchingModel: matchingModel(config),
    overrides: store.overrides,
    policies: store.policies,
    policyInForce,
    policyDiffs: new DiffPolicies(store.rate, config.systems),
    frontDoor: new FrontDoor({ log, deadLetters: store.deadLetters, sources, clock, lag: lagBound(context), metrics }),
    replays: new ReplayDeadLetters({ log, deadLetters: store.deadLetters, sources }),
    retries: { retry: (keys, at) => store.delivery.retry(keys, at) },
    connectors: new ProcessConnectors({
      config,
      workerId: `${hostname()}:${process.pid}`,
      log,
      server,
      targets,
    }),
    lags: groupLags(context),
    healthChecks: healthChecks(engine, server),
    metrics,
  };
}

function groupLags({ config, engine }: ProcessContext): GroupLags {
  const bindings = STAGES.flatMap((stage) => stageBindings(stage, config));
  return {
    all: async () => {
      const lags = bindings.map(async ({ group, topics }) =>
        (await engine.log.positions(group, topics)).map((position) => ({ group, ...position })),
      );
      return (await Promise.all(lags)).flat();
    },
  };
}

interface PersonChanges {
  decisions: IdentityDecisions;
  erasure: PersonalDataErasure;
}

/** What people change of accounts and customers, beside reconcile's batches. */
function personChanges({ config, engine, queries, clock, relays }: ProcessContext): PersonChanges {
  const relay = relays.start(RECONCILE_STAGE);
  const parts = {
    store: engine.store.reconcile,
    rules: reconcileRules(reconcileSettings(config)),
    clock,
    newId: () => randomUUID(),
    afterCommit: () => relay.notify(),
  };
  const decide = new DecideIdentity(parts);
  return {
    decisions: {
      add: ({ verdict, a, b, reason, decidedBy }) => decide.decide({ verdict, a, b, reason, by: decidedBy }),
      revoke: (id, by) => decide.revoke(id, by),
      list: (limit) => queries.identityDecisions(limit),
    },
    erasure: new ErasePersonalData(parts),
  };
}
