import { freshServices } from './support/services';
import { setAScenarios } from './support/set-a.scenarios';

setAScenarios({ name: 'distributed', services: freshServices });
