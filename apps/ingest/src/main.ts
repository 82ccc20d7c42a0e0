import 'reflect-metadata';
import { runProcess } from '@syncline/composition';

void runProcess('ingest', process.argv.slice(2));
