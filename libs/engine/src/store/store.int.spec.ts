import { storeContract } from '@syncline/testing';
import { temporaryPostgresStore } from './testing/temporary-stores';

storeContract('PostgreSQL', temporaryPostgresStore);
