import { createConnection } from 'node:net';
import { join } from 'node:path';
import { composeProcess, seedDemoTarget, StateFolder, type RunningProcess } from '@syncline/composition';
import type { SynclineConfig } from '@syncline/platform';
import { ApiClient } from '../client/api-client';
import { lineGroups } from '../client/event-file';
import { feedEvents } from '../client/feed-events';
import { cliError } from '../errors';
import { customerCodes } from './customer-codes';
import { demoConfig, demoTargetPath, DEMO_BUSINESS_DATE } from './demo-config';
import { FeedMark } from './feed-mark';
import { fingerprint, readState, type InstallationState } from './installation-state';
import { progressDisplay, type ProgressDisplay } from './progress-display';
import { untilCaughtUp } from './settle';
import { summaryText } from './summary';
import { whereNextText } from './where-next';

export interface DemoOptions {
  exit: boolean;
  /** Where the demo keeps its data. */
  data: string;
  /** Folder of the configuration. */
  config: string;
}

const SAMPLES = [
  { system: 'erp', file: 'samples/set-a/erp.ndjson.gz' },
  { system: 'crm', file: 'samples/set-a/crm.ndjson.gz' },
] as const;

/** Where the ERP's capture has its customers. */
const CUSTOMER_TOPIC = 'erp.public.party_party';

/**
 * The main job on real input: starts the standalone app, feeds it the captures through the front door, waits until
 * everything is through, and says what came out.
 */
export async function runDemo({ exit, data, config: directory }: DemoOptions): Promise<void> {
  const began = Date.now();
  const config = await withFreePort(demoConfig(directory, data));
  seedDemoTarget(demoTargetPath(data), await customerCodes(SAMPLES[0].file, CUSTOMER_TOPIC));
  const running = await composeProcess('standalone', config);
  stopOnSignals(running);
  const key = new StateFolder(config).apiKey();
  if (key === undefined)
    throw cliError('API_KEY_UNKNOWN', `the key of the database in ${data} is not in ${data}/api-key`);
  const api = new ApiClient(running.url, key);
  console.log(`Syncline runs at ${running.url} on the embedded profile, business date ${DEMO_BUSINESS_DATE}.\n`);
  const before = await readState(api);
  const mark = new FeedMark(join(data, 'demo-feed.json'));
  const sent = await feed(api, mark, progressDisplay(process.stdout));
  await settle(running, progressDisplay(process.stdout));
  const after = await readState(api);
  const events = SAMPLES.reduce((sum, { file }) => sum + mark.of(file), 0);
  console.log(`\n${summaryText(await factsOf(running, { before, after, events, sent, began }))}\n`);
  console.log(whereNextText(running.url, key, join(data, 'api-key'), after.customers));
  if (exit) await running.stop();
  else console.log('\nThe app stays up until Ctrl-C.');
}

/** Sends what was not sent before; gives the number of lines. */
async function feed(api: ApiClient, mark: FeedMark, display: ProgressDisplay): Promise<number> {
  let sent = 0;
  for (const { system, file } of SAMPLES) {
    const total = await linesOf(file);
    const skip = mark.of(file);
    if (skip >= total) continue;
    display.start(`feeding ${system}`, total);
    await feedEvents(api, file, system, {
      skip,
      onProgress: (lines) => {
        mark.note(file, lines);
        display.update(lines);
      },
    });
    display.end();
    sent += total - skip;
  }
  return sent;
}

async function settle(running: RunningProcess, display: ProgressDisplay): Promise<void> {
  display.start('reconciling, rating', 0);
  await untilCaughtUp(running, (stages) => {
    const later = stages.filter(({ name }) => !name.startsWith('ingest'));
    const sum = (of: (stage: (typeof later)[number]) => number): number =>
      later.reduce((all, each) => all + of(each), 0);
    display.update(
      sum(({ read }) => read),
      sum(({ total }) => total),
    );
  });
  display.end();
}

interface RunFacts {
  before: InstallationState;
  after: InstallationState;
  events: number;
  sent: number;
  began: number;
}

async function factsOf({ progress }: RunningProcess, { before, after, events, sent, began }: RunFacts) {
  const stages = await progress.stages();
  const read = (prefix: string): number =>
    stages.filter(({ name }) => name.startsWith(prefix)).reduce((sum, each) => sum + each.read, 0);
  const changed = before.customers.length === 0 ? null : fingerprint(before) !== fingerprint(after);
  return {
    state: after,
    events,
    mapped: read('ingest'),
    records: read('reconcile'),
    sent,
    seconds: (Date.now() - began) / 1_000,
    changed,
    businessDate: DEMO_BUSINESS_DATE,
  };
}

async function linesOf(file: string): Promise<number> {
  let lines = 0;
  for await (const group of lineGroups(file, 5_000)) lines += group.length;
  return lines;
}

function stopOnSignals(running: RunningProcess): void {
  const stop = (): void => void running.stop().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

/** The configured port, or any free one when something else has it: a demonstration should not fail for that. */
async function withFreePort(config: SynclineConfig): Promise<SynclineConfig> {
  const { http } = config.profile;
  if (!(await isTaken(http.host, http.port))) return config;
  return { ...config, profile: { ...config.profile, http: { ...http, port: 0 } } };
}

function isTaken(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
