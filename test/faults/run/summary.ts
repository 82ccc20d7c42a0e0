import { faultText, type Fault } from '../schedule/fault';
import type { RunResult } from './run-once';

/** One line for each run. */
export function runLine(
  profile: string,
  seed: number,
  events: number,
  faults: readonly Fault[],
  run: RunResult,
): string {
  const verdict = run.differences.length === 0 ? 'same' : `${run.differences.length} DIFFERENCES`;
  return (
    `seed ${seed}, ${profile}: ${verdict}; ${events} events, ${run.repeated} calls repeated; ` +
    `recovered in ${run.recoverySeconds.toFixed(1)} s, ${run.seconds.toFixed(1)} s in all; ${faults.map(faultText).join(' ')}`
  );
}

/** Counts over all runs. */
export class Summary {
  private readonly runs: RunResult[] = [];
  private events = 0;

  add(run: RunResult, events: number): void {
    this.runs.push(run);
    this.events += events;
  }

  get failed(): number {
    return this.runs.filter(({ differences }) => differences.length > 0).length;
  }

  text(): string {
    const times = this.runs.map(({ recoverySeconds }) => recoverySeconds).sort((x, y) => x - y);
    const rows: [string, string | number][] = [
      ['runs', this.runs.length],
      ['runs with differences', this.failed],
      ['events', this.events],
      ['seconds to recover, median', (times[Math.floor(times.length / 2)] ?? 0).toFixed(1)],
      ['seconds to recover, slowest', (times.at(-1) ?? 0).toFixed(1)],
      ...[...this.faults()].sort(([x], [y]) => (x < y ? -1 : 1)),
    ];
    return rows.map(([name, value]) => `| ${name.padEnd(28)} | ${String(value).padStart(8)} |`).join('\n');
  }

  private faults(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { injected } of this.runs)
      for (const [name, count] of injected) counts.set(name, (counts.get(name) ?? 0) + count);
    return counts;
  }
}
