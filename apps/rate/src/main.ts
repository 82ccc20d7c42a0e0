import 'reflect-metadata';
import { runProcess } from '@syncline/composition';

void runProcess('rate', process.argv.slice(2));
