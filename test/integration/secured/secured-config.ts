import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { loadConfig, type SynclineConfig } from '@syncline/platform';

/** Nobody listens there: a part of the profile that the test at hand has no use for. */
const NOWHERE = {
  store: "{kind: postgres, url: 'postgres://127.0.0.1:1/none'}",
  event_log: "{kind: kafka, brokers: '127.0.0.1:1'}",
  job_queue: "{kind: bullmq, url: 'redis://127.0.0.1:1'}",
};

/** The shipped configuration with a profile whose `part` is `yaml`, and `others` nowhere, read as a start reads it. */
export function configWith(
  part: keyof typeof NOWHERE,
  yaml: string,
  env: Readonly<Record<string, string>> = {},
  others: Partial<typeof NOWHERE> = {},
): SynclineConfig {
  const folder = mkdtempSync(join(tmpdir(), 'syncline-secured-'));
  cpSync('config', folder, { recursive: true });
  const parts = Object.entries({ ...NOWHERE, ...others, [part]: yaml }).map(([name, text]) => `${name}: ${text}`);
  writeFileSync(join(folder, 'profiles', 'secured.yaml'), `${parts.join('\n')}\n`);
  try {
    return loadConfig(folder, { profile: 'secured', env });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a rejection says, with everything that a log could show of it. */
export async function refusal(attempt: Promise<unknown>): Promise<{ code: string; message: string; all: string }> {
  const error: unknown = await attempt.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  );
  const { code = 'none', message } = error as Error & { code?: string };
  return { code, message, all: inspect(error, { depth: 8, showHidden: true }) };
}
