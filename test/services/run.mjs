// Runs a command with the test services: node test/services/run.mjs [--only kafka,redis] [--brokers 3] -- command args...
// A service that the environment names already is used as it is, the others are started and stopped again.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArguments, requireInstalled, startAll, toStart } from './lib/services.mjs';

const BIN = join(fileURLToPath(new URL('../..', import.meta.url)), 'node_modules', '.bin');
const { names, command, brokers } = readArguments(process.argv.slice(2));
if (command.length === 0) {
  console.error('Say what to run: node test/services/run.mjs [--only kafka,redis] [--brokers 3] -- command args...');
  process.exit(2);
}
const wanted = toStart(names, process.env);
requireInstalled(wanted);
const since = Date.now();
const services = await startAll(wanted, { brokers });
console.error(`Test services ready after ${((Date.now() - since) / 1000).toFixed(1)} s: ${wanted.join(', ') || 'none to start'}.`);

const child = spawn(command[0], command.slice(1), {
  stdio: 'inherit',
  env: { ...process.env, ...services.env, PATH: `${BIN}${delimiter}${process.env.PATH}` },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
const code = await new Promise((resolve) => {
  child.once('error', (error) => {
    console.error(`${command[0]} could not be started: ${error.message}`);
    resolve(127);
  });
  child.once('close', (exit, signal) => resolve(signal ? 1 : exit));
});
await services.stop();
process.exit(code);
