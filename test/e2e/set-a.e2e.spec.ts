import { setAScenarios } from './support/set-a.scenarios';

setAScenarios({ name: 'embedded' });
