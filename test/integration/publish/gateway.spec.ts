import { temporarySqliteStore } from '../../../libs/engine/src/store/testing/temporary-stores';
import { gatewaySuite } from './gateway.suite';
import { matchesSuite } from './matches.suite';
import { reconciliationSuite } from './reconciliation.suite';

describe('the gateway on SQLite', () => {
  gatewaySuite(temporarySqliteStore);
  matchesSuite(temporarySqliteStore);
  reconciliationSuite(temporarySqliteStore);
});
