import type { BacktestReport } from '@syncline/credit';
import { snakeCase } from '@syncline/platform';
import type { LoadedItems } from './load-items';

const DECIMALS = 1e6;

/** The report as JSON: names in snake_case as in the API, figures with six decimals, every finding. */
export function reportJson(report: BacktestReport, items: LoadedItems, more: Record<string, unknown> = {}): string {
  const { source, lines, items: used, undated, findings } = items;
  const body = { source, lines, items: used, undated, findings, ...report, ...more };
  return `${JSON.stringify(written(body), null, 2)}\n`;
}

function written(value: unknown): unknown {
  if (typeof value === 'number') return Math.round(value * DECIMALS) / DECIMALS;
  if (Array.isArray(value)) return value.map(written);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [snakeCase(key), written(each)]));
}
