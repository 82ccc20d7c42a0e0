import { creditSuite } from './credit.suite';
import { customersSuite } from './customers.suite';
import { explainSuite } from './explain.suite';
import { GatewayHarness, type TemporaryStoreFactory } from './gateway.harness';
import { insightSuite } from './insight.suite';
import { operationsSuite } from './operations.suite';
import { seed } from './sample-data';

/** The whole API on one kind of store. */
export function gatewaySuite(store: TemporaryStoreFactory): void {
  let gateway: GatewayHarness;

  beforeAll(async () => {
    gateway = await GatewayHarness.start(store);
    await seed(gateway.store);
  });

  afterAll(() => gateway.stop());

  customersSuite(() => gateway);
  explainSuite(() => gateway);
  insightSuite(() => gateway);
  operationsSuite(() => gateway);
  creditSuite(() => gateway);
}
