import 'reflect-metadata';
import { runProcess } from '@syncline/composition';

void runProcess('deliver', process.argv.slice(2));
