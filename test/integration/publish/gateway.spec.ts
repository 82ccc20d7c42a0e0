import { temporarySqliteStore } from '../../../libs/engine/src/store/testing/temporary-stores';
import { gatewaySuite } from './gateway.suite';
import { reconciliationSuite } from './reconciliation.suite';

describe('the gateway on SQLite', () => {
  gatewaySuite(temporarySqliteStore);
  reconciliationSuite(temporarySqliteStore);
});
