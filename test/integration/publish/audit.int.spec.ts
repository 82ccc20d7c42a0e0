import { PostgresSuite } from '../../../libs/engine/src/store/testing/temporary-stores';
import { auditSuite } from './audit.suite';

const suite = new PostgresSuite();

describe('the audit on PostgreSQL', () => {
  auditSuite(suite.factory);
  afterAll(() => suite.end());
});
