import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Lines of a shipped capture, by its path under samples/. */
export function sampleLines(path: string): string[] {
  const bytes = readFileSync(`samples/${path}`);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  return text.split('\n').filter((line) => line !== '');
}

export function fixture<T>(name: string): T {
  return JSON.parse(gunzipSync(readFileSync(`test/fixtures/${name}.json.gz`)).toString()) as T;
}

/** Every `n`th message a second time, some way behind the first. */
export function everyNthTwice<T>(items: readonly T[], n: number): T[] {
  return items.flatMap((item, i) => (i % n === 0 ? [item, items[Math.floor(i / 2)]!] : [item]));
}

interface CapturedEvent {
  topic: string;
  key: Record<string, unknown>;
  value: { before: unknown; after: unknown; op: string; source: Record<string, unknown> & { lsn: number } } | null;
}

/** Snapshot events of the rows that the events change, as they were before the first change of each. */
export function asItWas(lines: readonly string[]): string[] {
  const rows = new Map<string, string>();
  for (const line of lines) {
    const { topic, key, value } = JSON.parse(line) as CapturedEvent;
    const row = `${topic} ${JSON.stringify(key)}`;
    if (!value?.before || rows.has(row)) continue;
    const lsn = value.source.lsn - 1;
    const source = { ...value.source, snapshot: 'true', lsn, sequence: `[null, "${lsn}"]` };
    rows.set(
      row,
      JSON.stringify({ topic, key, value: { ...value, before: null, after: value.before, op: 'r', source } }),
    );
  }
  return [...rows.values()];
}
