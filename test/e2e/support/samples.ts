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

/** The lines in another order, the same for the same seed (Fisher–Yates on a linear congruential generator). */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const result = [...items];
  let state = seed >>> 0 || 1;
  for (let i = result.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = Math.floor((state / 4_294_967_296) * (i + 1));
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

/** Every `n`th message a second time, some way behind the first. */
export function everyNthTwice<T>(items: readonly T[], n: number): T[] {
  return items.flatMap((item, i) => (i % n === 0 ? [item, items[Math.floor(i / 2)]!] : [item]));
}
