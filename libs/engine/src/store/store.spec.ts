import { reconcileStoreContract } from '@syncline/testing';
import { temporarySqliteStore } from './testing/temporary-stores';

reconcileStoreContract('SQLite', temporarySqliteStore);
