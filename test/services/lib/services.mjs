// All services, and how to start those that the environment does not name yet.
import * as kafka from './kafka.mjs';
import * as postgres from './postgres.mjs';
import * as redis from './redis.mjs';
import * as tryton from './tryton.mjs';

export const SERVICES = { kafka, redis, postgres, tryton };

/** The services that are wanted and not named by the environment. */
export function toStart(names, environment) {
  const unknown = names.filter((name) => !(name in SERVICES));
  if (unknown.length > 0) throw new Error(`Unknown service ${unknown[0]}; known: ${Object.keys(SERVICES).join(', ')}.`);
  return names.filter((name) => !environment[SERVICES[name].variable]);
}

/** What must be installed before `names` can start, one line each. */
export function missingOf(names) {
  return names.flatMap((name) => {
    const missing = SERVICES[name].missing();
    return missing ? [`${name}: ${missing}, or set ${SERVICES[name].variable}`] : [];
  });
}

/** Starts all side by side; when one fails, the others are stopped. `brokers`: how many Kafka has. */
export async function startAll(names, { brokers = 1 } = {}) {
  const results = await Promise.allSettled(names.map((name) => SERVICES[name].start({ brokers })));
  const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const stop = async () => {
    await Promise.allSettled(started.map((service) => service.stop()));
  };
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const byName = Object.fromEntries(names.map((name, at) => [name, started[at]]));
  return { env: Object.assign({}, ...started.map((service) => service.env)), byName, stop };
}

/** Reads `--only a,b`, `--brokers n` and what stands after `--`. */
export function readArguments(args) {
  const end = args.indexOf('--');
  const own = end === -1 ? args : args.slice(0, end);
  const command = end === -1 ? [] : args.slice(end + 1);
  const only = own.indexOf('--only');
  const names = only === -1 ? Object.keys(SERVICES) : (own[only + 1] ?? '').split(',');
  const brokers = own.includes('--brokers') ? Number(own[own.indexOf('--brokers') + 1]) : 1;
  if (!Number.isInteger(brokers) || brokers < 1) throw new Error('--brokers takes a whole number from 1');
  return { names, command, brokers };
}

/** Ends the process with advice when something is not installed. */
export function requireInstalled(names) {
  const missing = missingOf(names);
  if (missing.length === 0) return;
  console.error('These services can not be started here:');
  missing.forEach((line) => console.error(`  ${line}`));
  console.error('On Debian `bash test/services/install.sh` installs all of them.');
  process.exit(1);
}
