import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessRole, RunningProcess } from '@syncline/composition';
import { freshServices } from '../../e2e/support/services';
import { Stopwatch, type CaseOptions, type CaseResult } from '../bench-case';
import { benchConfiguration, startRole } from '../bench-installation';

const ROLES: Readonly<Record<'embedded' | 'distributed', readonly ProcessRole[]>> = {
  embedded: ['standalone'],
  // Ingest comes last: nothing is read before the others are there.
  distributed: ['rate', 'reconcile', 'ingest'],
};
const LOOK_EVERY_MS = { embedded: 25, distributed: 250 };
const PATIENCE_MS = 10 * 60_000;

/**
 * The whole way of the data to ratings, on a log that holds all of the input before. The clock runs from when the
 * process is up to when it has caught up; events that were read before then are not counted.
 */
export async function pipelineCase(
  options: CaseOptions,
  profile: 'embedded' | 'distributed',
): Promise<Omit<CaseResult, 'peakBytes'>> {
  const services = profile === 'distributed' ? await freshServices() : undefined;
  const folder = services ? mkdtempSync(join(options.folder, 'distributed-')) : join(options.folder, 'embedded');
  const config = benchConfiguration(folder, options.run, services);
  const processes: RunningProcess[] = [];
  for (const role of ROLES[profile]) processes.push(await startRole(role, config));
  const last = processes.at(-1)!;
  const watch = new Stopwatch().start();
  const before = await ingested(last);
  await caughtUp(processes, LOOK_EVERY_MS[profile]);
  const time = watch.stop();
  const after = await ingested(last);
  await checkResult(last, options);
  for (const process of processes.reverse()) await process.stop();
  await services?.drop();
  return { events: after - before, ...time };
}

async function ingested({ progress }: RunningProcess): Promise<number> {
  return (await progress.stages()).find(({ name }) => name === 'ingest:erp')?.read ?? 0;
}

/** Rejects when nothing moves any more: a benchmark must not hang. */
export async function caughtUp(processes: readonly RunningProcess[], lookEveryMs: number): Promise<void> {
  const { progress } = processes.at(-1)!;
  let [moved, read] = [Date.now(), -1];
  while (!(await isDone(processes))) {
    const stages = await progress.stages();
    const total = stages.reduce((sum, stage) => sum + stage.read, 0);
    if (total !== read) [moved, read] = [Date.now(), total];
    if (Date.now() - moved > PATIENCE_MS) throw new Error(`nothing moves: ${JSON.stringify(stages)}`);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

/** Stages that no process runs here (deliver, on the distributed profile) do not count. */
async function isDone(processes: readonly RunningProcess[]): Promise<boolean> {
  const { progress } = processes.at(-1)!;
  const isBehind = async (): Promise<boolean> =>
    (await progress.stages()).some(({ name, total, read }) => /^(ingest|reconcile|rate)/.test(name) && read < total);
  if (await isBehind()) return false;
  // What the relays append now is read before the second look.
  for (const { context } of processes) await context.relays.drained();
  return !(await isBehind());
}

async function checkResult({ context }: RunningProcess, { customers }: CaseOptions): Promise<void> {
  const count = async (from: string): Promise<number> => {
    const rows = await context.engine.store.dialect.reader.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${from}`);
    return Number(rows[0]?.n);
  };
  const found = {
    customers: await count("customer WHERE status = 'active'"),
    rated: await count('rating WHERE is_current = 1'),
    deadLetters: await count('dead_letter'),
  };
  if (found.customers !== customers || found.rated !== customers || found.deadLetters !== 0)
    throw new Error(`the result is wrong: ${JSON.stringify(found)} of ${customers} customers`);
}
