// Starts the test services for a developer and stays up: node test/services/start.mjs [--only kafka,redis] [--brokers 3]
import { readArguments, requireInstalled, startAll, toStart } from './lib/services.mjs';

const { names, brokers } = readArguments(process.argv.slice(2));
const wanted = toStart(names, process.env);
requireInstalled(wanted);
const services = await startAll(wanted, { brokers });
for (const [name, value] of Object.entries(services.env)) console.log(`export ${name}=${value}`);
console.error('Services are up. End with Ctrl+C.');

let stopping = false;
const stop = async () => {
  if (stopping) return;
  stopping = true;
  await services.stop();
  process.exit(0);
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
setInterval(() => undefined, 2 ** 30);
