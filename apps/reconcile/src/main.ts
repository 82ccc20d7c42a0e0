import 'reflect-metadata';
import { runProcess } from '@syncline/composition';

void runProcess('reconcile', process.argv.slice(2));
