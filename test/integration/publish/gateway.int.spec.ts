import { PostgresSuite } from '../../../libs/engine/src/store/testing/temporary-stores';
import { gatewaySuite } from './gateway.suite';
import { matchesSuite } from './matches.suite';
import { reconciliationSuite } from './reconciliation.suite';

const suite = new PostgresSuite();

describe('the gateway on PostgreSQL', () => {
  gatewaySuite(suite.factory);
  matchesSuite(suite.factory);
  reconciliationSuite(suite.factory);
  afterAll(() => suite.end());
});
