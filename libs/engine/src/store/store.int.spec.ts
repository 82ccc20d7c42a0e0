import { storeContract } from '@syncline/testing';
import { PostgresSuite } from './testing/temporary-stores';

const suite = new PostgresSuite();
afterAll(() => suite.end());

storeContract('PostgreSQL', suite.factory);
