import { join } from 'node:path';
import { loadInstallation } from '@syncline/composition';
import { SqliteStoreSettings, type SynclineConfig, type TargetConfig } from '@syncline/platform';

/** The day on which the capture ends. */
export const DEMO_BUSINESS_DATE = '2026-11-20';

/** The demo's target, by its name under config/targets/. */
const DEMO_TARGET = 'u8-demo';

/** The shipped configuration on the embedded profile, as of the day of the capture, with all its data in one folder. */
export function demoConfig(directory: string, data: string): SynclineConfig {
  const config = loadInstallation(directory, { profile: 'embedded' });
  const store = Object.assign(new SqliteStoreSettings(), { kind: 'sqlite', path: join(data, 'syncline.db') });
  return {
    ...config,
    businessDate: DEMO_BUSINESS_DATE,
    profile: { ...config.profile, store },
    targets: config.targets.filter(isDemoTarget).map((target) => withDatabase(target, demoTargetPath(data))),
  };
}

/** The SQLite file that stands for the target's own database. */
export function demoTargetPath(data: string): string {
  return join(data, 'u8.db');
}

function isDemoTarget({ content }: TargetConfig): boolean {
  return content !== null && typeof content === 'object' && Reflect.get(content, 'name') === DEMO_TARGET;
}

function withDatabase(target: TargetConfig, path: string): TargetConfig {
  const content = target.content as { config: Record<string, unknown> };
  return { ...target, content: { ...content, enabled: true, config: { ...content.config, connection: { path } } } };
}
