import { freshServices } from './support/services';
import { smallScenarios } from './support/small.scenarios';

smallScenarios({ name: 'distributed', services: freshServices });
