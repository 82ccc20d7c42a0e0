import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  createGatewayAdapter,
  gatewayAppOptions,
  openApiDocument,
  PublishModule,
  type PublishParts,
} from '@syncline/pipeline/publish';

@Module({})
class DocumentedGateway {
  static forRoot(parts: PublishParts): DynamicModule {
    return { module: DocumentedGateway, imports: [PublishModule.forRoot(parts)] };
  }
}

/** docs/reference/openapi.json: the document of the gateway itself, which is put together but never listens. */
export async function openApiPage(version: string): Promise<string> {
  const app = await NestFactory.create(DocumentedGateway.forRoot(inertParts()), createGatewayAdapter(), {
    ...gatewayAppOptions,
    logger: false,
  });
  await app.init();
  const document = openApiDocument(app, version);
  await app.close();
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Parts that nobody asks: describing the endpoints calls none of them. */
function inertParts(): PublishParts {
  const names: Readonly<Record<keyof PublishParts, true>> = {
    settings: true,
    clock: true,
    random: true,
    customers: true,
    documents: true,
    records: true,
    ratings: true,
    reconciliation: true,
    insights: true,
    insightRequests: true,
    deliveries: true,
    deadLetterQueries: true,
    deadLetters: true,
    apiKeys: true,
    audit: true,
    identityDecisions: true,
    erasure: true,
    matches: true,
    matchingModel: true,
    overrides: true,
    policies: true,
    policyInForce: true,
    policyDiffs: true,
    frontDoor: true,
    replays: true,
    retries: true,
    connectors: true,
    lags: true,
    healthChecks: true,
    metrics: true,
  };
  return Object.fromEntries(Object.keys(names).map((name) => [name, {}])) as unknown as PublishParts;
}
