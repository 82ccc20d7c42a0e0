import type { CaseResult } from './bench-case';

export interface Measured extends CaseResult {
  name: string;
}

const TITLES: Readonly<Record<string, string>> = {
  'kafka-raw': 'raw consumption: kafkajs `eachBatch` and `JSON.parse`',
  'kafka-transport': 'the same through the batch transport',
  'store-raw-sqlite': 'raw batched store writes, SQLite',
  'pipeline-embedded': 'ingest → reconcile → rate, embedded profile',
  'store-raw-postgres': 'raw batched store writes, PostgreSQL',
  'pipeline-distributed': 'ingest → reconcile → rate, distributed profile',
};
const BASELINES: Readonly<Record<string, string>> = {
  'kafka-transport': 'kafka-raw',
  'pipeline-embedded': 'store-raw-sqlite',
  'pipeline-distributed': 'store-raw-postgres',
};

/** The results as Markdown: ratios are to the raw case above them, in the same run. */
export function resultTable(results: readonly Measured[]): string {
  const byName = new Map(results.map((result) => [result.name, result]));
  const rows = results.map((result) => {
    const baseline = byName.get(BASELINES[result.name] ?? '');
    const ratio = baseline ? (rateOf(result) / rateOf(baseline)).toFixed(2) : '–';
    return [TITLES[result.name] ?? result.name, thousands(rateOf(result)), ratio, peakOf(result), cpuOf(result)];
  });
  return markdown(['case', 'events/s', 'of raw', 'peak MB', 'CPU µs/event'], rows);
}

/** How memory moves when the input grows. */
export function growthTable(results: readonly Measured[]): string {
  const rows = results.map((result) => [
    thousands(result.events),
    thousands(rateOf(result)),
    peakOf(result),
    cpuOf(result),
  ]);
  return markdown(['events', 'events/s', 'peak MB', 'CPU µs/event'], rows);
}

/** What matching one more account costs, the more there are. */
export function matchingTable(results: readonly Measured[]): string {
  const rows = results.flatMap(({ matching, ...result }) => {
    if (matching === undefined) return [];
    const { met, prepareSeconds, blocksTooLarge, last } = matching;
    return [
      [
        thousands(result.events),
        thousands(result.events / prepareSeconds),
        (met / result.events).toFixed(1),
        thousands(blocksTooLarge),
        (last.met / last.accounts).toFixed(1),
        thousands(last.met / last.compareSeconds),
        ((last.seconds * 1e6) / last.accounts).toFixed(0),
        peakOf(result),
      ],
    ];
  });
  const one = ['pairs of one more', 'compared/s', 'CPU µs of one more'];
  return markdown(['accounts', 'prepared/s', 'pairs/account', 'blocks too large', ...one, 'peak MB'], rows);
}

/** The embedded profile on accounts; the last column is what each account beyond the row above costs. */
export function accountsTable(results: readonly Measured[]): string {
  const rows = results.map((result, at) => {
    const before = results[at - 1] ?? { cpuSeconds: 0, events: 0 };
    const more = ((result.cpuSeconds - before.cpuSeconds) * 1e6) / (result.events - before.events);
    return [thousands(result.events), thousands(rateOf(result)), peakOf(result), cpuOf(result), more.toFixed(0)];
  });
  return markdown(['accounts', 'accounts/s', 'peak MB', 'CPU µs/account', 'CPU µs of one more'], rows);
}

/** What one more account costs reconcile when so many (the name) are there. */
export function oneMoreTable(results: readonly Measured[]): string {
  const rows = results.map((result) => [
    thousands(Number(result.name)),
    cpuOf(result),
    ((result.seconds * 1e6) / result.events).toFixed(1),
  ]);
  return markdown(['accounts there', 'CPU µs of one more', 'µs of one more'], rows);
}

function rateOf({ events, seconds }: CaseResult): number {
  return events / seconds;
}

function peakOf({ peakBytes }: CaseResult): string {
  return String(Math.round(peakBytes / 1e6));
}

function cpuOf({ cpuSeconds, events }: CaseResult): string {
  return ((cpuSeconds * 1e6) / events).toFixed(1);
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
