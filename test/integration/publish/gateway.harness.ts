import { readFileSync } from 'node:fs';
import { ErasePersonalData, IdentityResolver, StreamMatching } from '@syncline/pipeline/reconcile';
import { compileMatching, matchingOf } from '@syncline/identity';
import type { Type } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { createStoreQueries, type Store, type StoreQueries } from '@syncline/engine/store';
import {
  createGatewayAdapter,
  finishGateway,
  gatewayAppOptions,
  generateApiKey,
  PublishModule,
  ROLES,
  type AccessLimitSettings,
  type GatewayOptions,
  type PublishParts,
  type Role,
} from '@syncline/pipeline/publish';
import { DiffPolicies, PolicyInForce } from '@syncline/pipeline/rate';
import { PrometheusMetrics } from '@syncline/platform';
import { shippedPolicy } from '@syncline/testing';
import { FakeConnectors, FakeDoor, FakeIdentity, FakeReplays } from './fakes';

/** An empty store with its tables. */
export type TemporaryStoreFactory = () => Promise<{ stores: Store; close(): Promise<void> }>;

export const NOW = Date.parse('2026-11-20T08:00:00.000Z');
export const TODAY = '2026-11-20';

export interface HarnessOptions {
  limits?: AccessLimitSettings;
  gateway?: GatewayOptions;
  /** Beside those of the publish module. */
  controllers?: Type[];
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  text: string;
  body: Record<string, never> & { [name: string]: unknown };
}

/** The real Nest application on a real SQLite store; what lies behind other stages' ports is faked and noted. */
export class GatewayHarness {
  readonly connectors = new FakeConnectors();
  readonly identity = new FakeIdentity();
  readonly replays = new FakeReplays();
  readonly matchingModel = compileMatching(matchingOf(readFileSync('config/matching.yaml', 'utf8'), 'matching.yaml'));
  readonly door = new FakeDoor();
  readonly keys = {} as Record<Role, string>;
  /** Every route of the HTTP server, as the access matrix names endpoints; HEAD comes with GET. */
  readonly routes: string[] = [];
  healthFailure: Error | undefined;

  private constructor(
    readonly store: Store,
    readonly queries: StoreQueries,
    private readonly closeStore: () => Promise<void>,
    private readonly options: HarnessOptions,
  ) {}

  private application: NestFastifyApplication | undefined;

  /** The present moment. */
  now = NOW;

  static async start(factory: TemporaryStoreFactory, options: HarnessOptions = {}): Promise<GatewayHarness> {
    const { stores, close } = await factory();
    const harness = new GatewayHarness(stores, createStoreQueries(stores.dialect), close, options);
    await harness.makeKeys();
    await harness.open();
    return harness;
  }

  get app(): NestFastifyApplication {
    if (!this.application) throw new Error('the harness is not started');
    return this.application;
  }

  /** A request with the key of a role (null = none), or with a key as it is. */
  async call(method: string, url: string, as: Role | null | { key: string }, payload?: unknown): Promise<Answer> {
    const key = as === null ? undefined : typeof as === 'string' ? this.keys[as] : as.key;
    const isText = typeof payload === 'string';
    const response = await this.app.inject({
      method: method as 'GET',
      url,
      headers: {
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(payload === undefined ? {} : { 'content-type': isText ? 'application/x-ndjson' : 'application/json' }),
      },
      ...(payload === undefined ? {} : { payload: isText ? payload : JSON.stringify(payload) }),
    });
    const isJson = String(response.headers['content-type'] ?? '').includes('json');
    const body = (isJson && response.payload !== '' ? JSON.parse(response.payload) : {}) as Answer['body'];
    return { status: response.statusCode, headers: response.headers, text: response.payload, body };
  }

  /** Starts another application that has one more controller, and stops it. */
  async startWith(controller: Type): Promise<void> {
    const module = await Test.createTestingModule({
      imports: [PublishModule.forRoot(this.parts())],
      controllers: [controller],
    }).compile();
    const app = module.createNestApplication(createGatewayAdapter(), { ...gatewayAppOptions, logger: false });
    await app.init().finally(() => app.close());
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.closeStore();
  }

  private async makeKeys(): Promise<void> {
    for (const role of ROLES) {
      const { id, key, hash } = generateApiKey(randomBytes);
      const createdAt = '2026-11-01T00:00:00.000Z';
      await this.queries.apiKeys.add({
        id,
        name: `test ${role}`,
        role,
        hash,
        createdAt,
        expiresAt: null,
        revokedAt: null,
      });
      this.keys[role] = key;
    }
  }

  private async open(): Promise<void> {
    const module = await Test.createTestingModule({
      imports: [PublishModule.forRoot(this.parts())],
      controllers: this.options.controllers ?? [],
    }).compile();
    const adapter = createGatewayAdapter(this.options.gateway);
    adapter.getInstance().addHook('onRoute', ({ method, url }) => this.noteRoutes([method].flat(), url));
    this.application = module.createNestApplication<NestFastifyApplication>(adapter, {
      ...gatewayAppOptions,
      logger: false,
    });
    await this.application.init();
    finishGateway(this.application);
    await this.application.getHttpAdapter().getInstance().ready();
  }

  private noteRoutes(methods: readonly string[], url: string): void {
    const path = url.replaceAll(/:(\w+)/g, '{$1}');
    this.routes.push(...methods.filter((method) => method !== 'HEAD').map((method) => `${method} ${path}`));
  }

  private parts(): PublishParts {
    const { queries, store } = this;
    return {
      settings: {
        version: '0.0.0-test',
        systemCurrencies: { erp: 'CNY', crm: 'CNY' },
        ...(this.options.limits ? { accessLimits: this.options.limits } : {}),
      },
      clock: { now: () => this.now, elapsed: () => this.now, today: () => TODAY },
      random: randomBytes,
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
      identityDecisions: this.identity,
      erasure: new ErasePersonalData({
        store: store.reconcile,
        rules: {
          currencyOf: () => 'CNY',
          crossReferences: new Map(),
          survivorship: { priorityOf: () => 1, ruleOf: () => ({ rule: 'priority' }) },
          identity: new IdentityResolver(() => 1, new StreamMatching(null)),
        },
        clock: { now: () => this.now },
        newId: () => randomBytes(8).toString('hex'),
        afterCommit: () => undefined,
      }),
      matches: queries.matches,
      matchingModel: this.matchingModel,
      overrides: store.overrides,
      policies: store.policies,
      policyInForce: new PolicyInForce(store.policies, shippedPolicy()),
      policyDiffs: new DiffPolicies(store.rate, [
        { name: 'erp', currency: 'CNY' },
        { name: 'crm', currency: 'CNY' },
      ]),
      frontDoor: this.door,
      replays: this.replays,
      retries: { retry: (keys, at) => store.delivery.retry(keys, at) },
      connectors: this.connectors,
      lags: { all: async () => (await this.connectors.lag()).map((lag) => ({ group: 'syncline.ingest', ...lag })) },
      healthChecks: [
        { name: 'store', check: () => store.ping() },
        { name: 'log', check: () => this.logHealth() },
      ],
      metrics: new PrometheusMetrics({ role: 'gateway' }),
    };
  }

  private logHealth(): Promise<void> {
    return this.healthFailure ? Promise.reject(this.healthFailure) : Promise.resolve();
  }
}
