import { parseArgs } from 'node:util';
import { TestServices } from './installation/test-services';
import { planOf, PROFILES, SEEDS_PER_WORKLOAD, type Plan } from './run/plan';
import { runOnce, type RunResult } from './run/run-once';
import { shrink } from './run/shrink';
import { runLine, Summary } from './run/summary';
import type { Fault } from './schedule/fault';
import { faultText } from './schedule/fault';
import type { ComparableState } from './state/comparable-state';

const SHOWN = 12;

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    profile: { type: 'string', default: 'embedded' },
    events: { type: 'string', default: '1200' },
    'poison-every': { type: 'string', default: '100' },
    /** How many brokers Kafka has, on the distributed profile; from 3 on they are lost, too. */
    brokers: { type: 'string', default: '1' },
    /** Numbers of the seed's faults, from 0: only these happen. */
    only: { type: 'string' },
    'no-shrink': { type: 'boolean', default: false },
  },
});

/**
 * Runs that share an input are held against the same run without faults, on one machine: what comes of an input does
 * not depend on the profile either.
 */
class References {
  private known: { workload: number; state: ComparableState } | null = null;

  async of(plan: Plan): Promise<ComparableState | null> {
    const workload = plan.seed - (plan.seed % SEEDS_PER_WORKLOAD);
    if (this.known?.workload === workload) return this.known.state;
    const run = await runOnce(plan, [], null, null);
    console.log(runLine('without faults', plan.seed, plan.workload.events, [], run));
    tell(run);
    if (run.state === null || run.differences.length > 0) return null;
    this.known = { workload, state: run.state };
    return run.state;
  }
}

async function main(): Promise<void> {
  const profile = PROFILES.find((each) => each === flags.profile);
  if (!profile) throw new Error(`--profile is one of ${PROFILES.join(', ')}`);
  const services = profile === 'distributed' ? await TestServices.start(Number(flags.brokers)) : null;
  try {
    await runAll(profile, services);
  } finally {
    await services?.stop();
  }
}

async function runAll(profile: Plan['profile'], services: TestServices | null): Promise<void> {
  const [first, runs, events, poisonEvery] = [flags.seed, flags.runs, flags.events, flags['poison-every']].map(Number);
  const brokers = services?.brokers ?? 1;
  const references = new References();
  const summary = new Summary();
  for (let seed = first!; seed < first! + runs!; seed++) {
    const plan = planOf({ seed, profile, events: events!, poisonEvery: poisonEvery!, brokers });
    const reference = await references.of(plan);
    const faults = chosen(plan.faults);
    const run = await runOnce(plan, faults, reference, services);
    if (reference === null) run.differences.push('the run without faults failed already');
    console.log(runLine(profile, seed, plan.workload.events, faults, run));
    summary.add(run, plan.workload.events);
    tell(run);
    if (run.differences.length > 0) await explain(plan, faults, reference, services);
  }
  console.log(`\n${summary.text()}`);
  process.exitCode = summary.failed > 0 ? 1 : 0;
}

function chosen(faults: readonly Fault[]): Fault[] {
  const only = flags.only?.split(',').filter((each) => each !== '');
  return only ? only.map((at) => faults[Number(at)]!) : [...faults];
}

function tell({ differences, folder }: RunResult): void {
  for (const difference of differences.slice(0, SHOWN)) console.log(`  ${difference}`);
  if (differences.length > SHOWN) console.log(`  and ${differences.length - SHOWN} more`);
  if (differences.length > 0) console.log(`  kept: ${folder}`);
}

/** Says how to see it again, with as few faults as it takes. */
async function explain(
  plan: Plan,
  faults: readonly Fault[],
  reference: ComparableState | null,
  services: TestServices | null,
): Promise<void> {
  const fails = async (fewer: readonly Fault[]): Promise<boolean> =>
    (await runOnce(plan, fewer, reference, services)).differences.length > 0;
  const fewest = flags['no-shrink'] ? faults : await shrink(faults, fails);
  const numbers = fewest.map((fault) => plan.faults.indexOf(fault)).join();
  console.log(`  shortest: ${fewest.map(faultText).join(' ') || 'no fault at all'}`);
  console.log(
    `  again: npm run test:faults -- ${commonFlags()} --runs 1 --seed ${plan.seed} --only ${numbers || "''"}`,
  );
}

function commonFlags(): string {
  const brokers = flags.brokers === '1' ? '' : ` --brokers ${flags.brokers}`;
  return `--profile ${flags.profile}${brokers} --events ${flags.events} --poison-every ${flags['poison-every']}`;
}

void main();
