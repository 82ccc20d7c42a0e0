import type { MatchingModel } from '@syncline/identity';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { DEAD_LETTER_STORE, type DeadLetterStore } from '../ingest/ingest-store.port';
import { OVERRIDE_STORE, POLICY_STORE, type OverrideStore, type PolicyStore } from '../rate/credit-state.port';
import { PolicyInForce } from '../rate/policy-in-force';
import { CLOCK, type Clock } from '../shared/clock';
import { STAGE_METRICS, type StageMetrics } from '../shared/stage-metrics.port';
import { AccessCheck } from './access/access-check';
import { AccessLimits } from './access/access-limits';
import { AccessGuard } from './access/access.guard';
import { AuditInterceptor } from './access/audit.interceptor';
import { AccessController } from './controllers/access.controller';
import { AccountsController } from './controllers/accounts.controller';
import { AuditController } from './controllers/audit.controller';
import { ConnectorsController } from './controllers/connectors.controller';
import { CustomersController } from './controllers/customers.controller';
import { DeadLettersController } from './controllers/dead-letters.controller';
import { DeliveriesController } from './controllers/deliveries.controller';
import { ErasureController } from './controllers/erasure.controller';
import { IdentityController } from './controllers/identity.controller';
import { IngestController } from './controllers/ingest.controller';
import { INSIGHT_REQUESTS, type InsightRequests } from '../insight/insight-store.port';
import { MatchesController } from './controllers/matches.controller';
import { InsightController } from './controllers/insight.controller';
import { ReconciliationController } from './controllers/reconciliation.controller';
import { OverridesController } from './controllers/overrides.controller';
import { PoliciesController } from './controllers/policies.controller';
import { SystemController } from './controllers/system.controller';
import { ExplainCustomerRating } from './explain/explain-rating';
import { ExplainValue } from './explain/explain-value';
import { CheckReadiness } from './health/check-readiness';
import { CollectGauges } from './metrics/collect-gauges';
import { OpenApiHolder } from './openapi/openapi-holder';
import * as ports from './ports';
import { ProblemFilter } from './problem/problem.filter';
import { PUBLISH_SETTINGS, type PublishSettings } from './publish-settings';
import { ReconcileBalances } from './reconciliation/reconcile-balances';
import { DecideCustomers } from './use-cases/decide-customers';
import { DecideOverrides } from './use-cases/decide-overrides';
import { DecidePolicies } from './use-cases/decide-policies';
import { IssueApiKey, RANDOM_BYTES, type RandomBytes } from './use-cases/issue-api-key';
import { ExplainMatch } from './use-cases/explain-match';
import { ReadAudit } from './use-cases/read-audit';
import { ReadCustomers } from './use-cases/read-customers';
import { ReadPolicies } from './use-cases/read-policies';
import { RecordChange } from './use-cases/record-change';
import { RequestEvaluation } from './use-cases/request-evaluation';
import { ReviewMatches } from './use-cases/review-matches';

/** Everything that the API stands on; the composition chooses the implementations. */
export interface PublishParts {
  settings: PublishSettings;
  clock: Clock;
  /** Random bytes for new keys: node's `randomBytes`. */
  random: RandomBytes;
  customers: ports.CustomerQueries;
  documents: ports.DocumentQueries;
  records: ports.RecordQueries;
  ratings: ports.RatingQueries;
  reconciliation: ports.ReconciliationQueries;
  insights: ports.InsightQueries;
  insightRequests: InsightRequests;
  deliveries: ports.DeliveryQueries;
  deadLetterQueries: ports.DeadLetterQueries;
  deadLetters: DeadLetterStore;
  apiKeys: ports.ApiKeyStore;
  audit: ports.AuditLog;
  identityDecisions: ports.IdentityDecisions;
  erasure: ports.PersonalDataErasure;
  matches: ports.MatchQueries;
  /** null = nothing is matched by similarity. */
  matchingModel: MatchingModel | null;
  overrides: OverrideStore;
  policies: PolicyStore;
  policyInForce: PolicyInForce;
  policyDiffs: ports.PolicyDiffs;
  frontDoor: ports.IngestFrontDoor;
  replays: ports.DeadLetterReplay;
  retries: ports.DeliveryRetry;
  connectors: ports.ConnectorControl;
  lags: ports.GroupLags;
  healthChecks: readonly ports.HealthCheck[];
  /** The process's metrics: where gauges are set, and what shows them all. */
  metrics: StageMetrics & ports.MetricsExposition;
}

/** The publish stage: the REST API. Mount it in an application made by `createGatewayApp`. */
@Module({})
export class PublishModule {
  static forRoot(parts: PublishParts): DynamicModule {
    return {
      module: PublishModule,
      controllers: [
        SystemController,
        AccessController,
        AuditController,
        IdentityController,
        MatchesController,
        CustomersController,
        ErasureController,
        InsightController,
        AccountsController,
        ConnectorsController,
        DeadLettersController,
        DeliveriesController,
        IngestController,
        OverridesController,
        PoliciesController,
        ReconciliationController,
      ],
      providers: [
        ...portProviders(parts),
        { provide: PolicyInForce, useValue: parts.policyInForce },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: AuditInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
        AccessCheck,
        AccessLimits,
        CheckReadiness,
        CollectGauges,
        DecideCustomers,
        DecideOverrides,
        DecidePolicies,
        ExplainCustomerRating,
        ExplainMatch,
        ExplainValue,
        IssueApiKey,
        OpenApiHolder,
        ReadCustomers,
        ReconcileBalances,
        ReadAudit,
        ReadPolicies,
        RecordChange,
        RequestEvaluation,
        ReviewMatches,
      ],
    };
  }
}

function portProviders(parts: PublishParts): Provider[] {
  const values: [symbol, unknown][] = [
    [PUBLISH_SETTINGS, parts.settings],
    [CLOCK, parts.clock],
    [RANDOM_BYTES, parts.random],
    [ports.CUSTOMER_QUERIES, parts.customers],
    [ports.DOCUMENT_QUERIES, parts.documents],
    [ports.RECORD_QUERIES, parts.records],
    [ports.RATING_QUERIES, parts.ratings],
    [ports.RECONCILIATION_QUERIES, parts.reconciliation],
    [ports.INSIGHT_QUERIES, parts.insights],
    [INSIGHT_REQUESTS, parts.insightRequests],
    [ports.DELIVERY_QUERIES, parts.deliveries],
    [ports.DEAD_LETTER_QUERIES, parts.deadLetterQueries],
    [DEAD_LETTER_STORE, parts.deadLetters],
    [ports.API_KEY_STORE, parts.apiKeys],
    [ports.AUDIT_LOG, parts.audit],
    [ports.IDENTITY_DECISIONS, parts.identityDecisions],
    [ports.PERSONAL_DATA_ERASURE, parts.erasure],
    [ports.MATCH_QUERIES, parts.matches],
    [ports.MATCHING_MODEL, parts.matchingModel],
    [OVERRIDE_STORE, parts.overrides],
    [POLICY_STORE, parts.policies],
    [ports.POLICY_DIFFS, parts.policyDiffs],
    [ports.INGEST_FRONT_DOOR, parts.frontDoor],
    [ports.DEAD_LETTER_REPLAY, parts.replays],
    [ports.DELIVERY_RETRY, parts.retries],
    [ports.CONNECTOR_CONTROL, parts.connectors],
    [ports.GROUP_LAGS, parts.lags],
    [ports.HEALTH_CHECKS, parts.healthChecks],
    [ports.METRICS_EXPOSITION, parts.metrics],
    [STAGE_METRICS, parts.metrics],
  ];
  return values.map(([provide, useValue]) => ({ provide, useValue }));
}
