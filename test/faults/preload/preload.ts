/** Loaded with `node -r` before the application, in each of its threads: makes it die, or suffer, at an ordered moment. */
import { CONTROL_VARIABLE } from './control';
import { Moments } from './moments';
import { shiftClock } from './shifted-clock';
import { watchDatabases } from './watched-database';
import { watchKafka } from './watched-kafka';
import { watchPostgres } from './watched-postgres';
import { watchTargets } from './watched-targets';

const file = process.env[CONTROL_VARIABLE];
if (file !== undefined) {
  const moments = new Moments(file);
  if (process.argv.includes('distributed')) {
    watchKafka(moments);
    watchPostgres(moments);
  } else watchDatabases(moments);
  watchTargets(moments);
  shiftClock(moments);
}
