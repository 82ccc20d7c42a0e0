import { reconcileStoreContract } from '@syncline/testing';
import { temporaryPostgresStore } from './testing/temporary-stores';

reconcileStoreContract('PostgreSQL', temporaryPostgresStore);
