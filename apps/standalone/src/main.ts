import 'reflect-metadata';
import { runProcess } from '@syncline/composition';

void runProcess('standalone', process.argv.slice(2));
