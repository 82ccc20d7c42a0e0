import 'reflect-metadata';
import { runProcess } from '@syncline/composition';

void runProcess('gateway', process.argv.slice(2));
