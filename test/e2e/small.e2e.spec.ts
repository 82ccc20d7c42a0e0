import { smallScenarios } from './support/small.scenarios';

smallScenarios({ name: 'embedded' });
