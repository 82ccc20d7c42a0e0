import { fork, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CaseOptions, CaseResult } from './bench-case';
import { accountsTable, growthTable, matchingTable, oneMoreTable, resultTable, type Measured } from './report';

const PARTS = ['transport', 'embedded', 'distributed'] as const;
type Part = (typeof PARTS)[number];

const SERVICES = {
  kafka: 'SYNCLINE_TEST_KAFKA_BROKERS',
  postgres: 'SYNCLINE_TEST_POSTGRES_URL',
  redis: 'SYNCLINE_TEST_REDIS_URL',
} as const;
/** What belongs to a part of the benchmark, in order. */
const NEEDS: Readonly<Record<Part, readonly (keyof typeof SERVICES)[]>> = {
  transport: ['kafka'],
  embedded: [],
  distributed: ['kafka', 'postgres', 'redis'],
};
/** As `npm run start:standalone` starts node: V8 lets a heap grow the more the more it may take. */
const HEAP_LIMITS = ['--max-old-space-size=512', '--max-semi-space-size=8'];
/** The matching case keeps all prepared accounts in memory: an installation reads those it needs. */
const MATCHING_LIMITS = ['--max-old-space-size=4096', '--max-semi-space-size=8'];
const TIME_LIMIT_MS = 45 * 60_000;
const TIMES = 3;

const { values: flags } = parseArgs({
  options: {
    events: { type: 'string', default: '200000' },
    customers: { type: 'string', default: '5000' },
    only: { type: 'string', default: PARTS.join() },
    growth: { type: 'boolean', default: false },
    matching: { type: 'boolean', default: false },
    accounts: { type: 'string', default: '10000,100000,300000' },
    'one-more': { type: 'boolean', default: false },
  },
});

class Run {
  private readonly folder = mkdtempSync(join(tmpdir(), 'syncline-bench-'));
  private readonly run = `${process.pid}`;
  private attempt = 0;
  readonly results: Measured[] = [];

  /** One case in a process of its own; nothing of it stays in memory for the next. */
  async case(name: string, change: Partial<CaseOptions> = {}): Promise<CaseResult> {
    const options: CaseOptions = {
      events: Number(flags.events),
      customers: Number(flags.customers),
      folder: this.folder,
      brokers: (process.env[SERVICES.kafka] ?? '').split(','),
      run: this.run,
      attempt: ++this.attempt,
      ...change,
    };
    process.stderr.write(`${name} …`);
    const result = await caseProcess(name, options);
    process.stderr.write(` ${(result.events / result.seconds).toFixed(0)} events/s\n`);
    return result;
  }

  /** The median of several runs, by processor time, taken in turn with the other cases. */
  async medians(cases: readonly (() => Promise<[string, CaseResult]>)[], times = TIMES): Promise<void> {
    const all = new Map<string, CaseResult[]>();
    for (let time = 0; time < times; time++) {
      for (const one of cases) {
        const [name, result] = await one();
        all.set(name, [...(all.get(name) ?? []), result]);
      }
    }
    for (const [name, results] of all) {
      const sorted = results.toSorted((a, b) => a.seconds / a.events - b.seconds / b.events);
      const peakBytes = Math.max(...results.map((result) => result.peakBytes));
      this.results.push({ name, ...sorted[Math.floor(sorted.length / 2)]!, peakBytes });
    }
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function caseProcess(name: string, options: CaseOptions): Promise<CaseResult> {
  return new Promise((resolve, reject) => {
    const child = fork(join(__dirname, 'run-case.js'), [name, JSON.stringify(options)], {
      timeout: TIME_LIMIT_MS,
      execArgv: name === 'matching' ? MATCHING_LIMITS : HEAP_LIMITS,
    });
    let result: CaseResult | undefined;
    child.on('message', (message) => (result = message as CaseResult));
    child.on('error', reject);
    child.on('exit', (code) =>
      result && code === 0 ? resolve(result) : reject(new Error(`${name} ended with code ${code}`)),
    );
  });
}

async function measure(run: Run, parts: readonly Part[]): Promise<void> {
  const once = (name: string) => async (): Promise<[string, CaseResult]> => [name, await run.case(name)];
  const embedded = async (): Promise<[string, CaseResult]> => {
    await run.case('fill-embedded');
    return ['pipeline-embedded', await run.case('pipeline-embedded')];
  };
  if (parts.includes('transport') || parts.includes('distributed')) await run.case('fill-kafka');
  if (parts.includes('transport')) await run.medians([once('kafka-raw'), once('kafka-transport')]);
  if (parts.includes('embedded') || parts.includes('distributed')) await run.case('record-writes');
  if (parts.includes('embedded')) await run.medians([once('store-raw-sqlite'), embedded]);
  if (parts.includes('distributed')) await run.medians([once('store-raw-postgres'), once('pipeline-distributed')], 1);
}

async function growth(run: Run): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const factor of [1, 10]) {
    const events = Number(flags.events) * factor;
    await run.case('fill-embedded', { events });
    measured.push({ name: `pipeline-embedded`, ...(await run.case('pipeline-embedded', { events })) });
  }
  return measured;
}

/** The matching alone, and the embedded profile that loads, matches and rates the same accounts. */
async function matching(run: Run): Promise<Record<'alone' | 'more' | 'embedded', Measured[]>> {
  const alone: Measured[] = [];
  const more: Measured[] = [];
  const embedded: Measured[] = [];
  for (const events of flags.accounts.split(',').map(Number)) {
    if (!flags['one-more']) alone.push({ name: 'matching', ...(await run.case('matching', { events })) });
    more.push({ name: `${events}`, ...(await run.case('one-more-account', { events })) });
    if (flags['one-more']) continue;
    await run.case('fill-accounts', { events });
    embedded.push({ name: 'accounts-embedded', ...(await run.case('accounts-embedded', { events })) });
  }
  return { alone, more, embedded };
}

/** Services that are needed and not there are started around the same command. */
function withServices(parts: readonly Part[]): number | null {
  const needed = [...new Set(parts.flatMap((part) => NEEDS[part]))];
  if (needed.every((service) => process.env[SERVICES[service]])) return null;
  const self = [process.execPath, __filename, ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, ['test/services/run.mjs', '--only', needed.join(), '--', ...self], {
    stdio: 'inherit',
  });
  return status ?? 1;
}

async function main(): Promise<number> {
  const parts = flags.only.split(',').map((name) => {
    const part = PARTS.find((each) => each === name);
    if (!part) throw new Error(`--only takes ${PARTS.join(', ')}, not ${name}`);
    return part;
  });
  const status = flags.growth || flags.matching ? null : withServices(parts);
  if (status !== null) return status;
  const run = new Run();
  try {
    const machine = `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}; Node ${process.version}`;
    if (flags.matching) {
      const { alone, more, embedded } = await matching(run);
      const tables = [
        ...(alone.length > 0 ? [matchingTable(alone)] : []),
        oneMoreTable(more),
        ...(embedded.length > 0 ? [accountsTable(embedded)] : []),
      ];
      console.log(`${tables.join('\n\n')}\n\n${machine}.`);
      return 0;
    }
    if (flags.growth) {
      console.log(growthTable(await growth(run)));
    } else {
      await measure(run, parts);
      console.log(resultTable(run.results));
    }
    console.log(`\n${flags.events} events, ${flags.customers} customers; ${machine}.`);
    return 0;
  } finally {
    run.end();
  }
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
