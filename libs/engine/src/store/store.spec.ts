import { storeContract } from '@syncline/testing';
import { temporarySqliteStore } from './testing/temporary-stores';

storeContract('SQLite', temporarySqliteStore);
