import { connectionFindings } from './check-connections';
import { ConfigFolder } from './config-folder';
import { ProfileFile } from './dto/profile.dto';
import { SynclineFile } from './dto/syncline-file.dto';
import { ConfigInvalidError, type ConfigFinding } from './finding';
import { snakeCase } from './letter-case';
import { loadCrossReferences, loadSurvivorship } from './load-rules';
import { loadSystems, systemNames } from './load-systems';
import { loadTargets } from './load-targets';
import type { ConfigText, SynclineConfig } from './syncline-config';

/** What other libraries say about files that are theirs. */
export interface ConfigChecks {
  mapping?(file: ConfigText): ConfigFinding[];
  policy?(file: ConfigText): ConfigFinding[];
  matching?(file: ConfigText): ConfigFinding[];
  /** @throws SynclineError whose message begins with the field's path */
  target?(content: unknown, file: string): void;
}

export interface LoadOptions {
  /** Overrides `profile` of syncline.yaml. */
  profile?: string;
  env?: Readonly<Record<string, string | undefined>>;
  checks?: ConfigChecks;
}

/**
 * Reads and checks the folder of the configuration.
 * @throws ConfigInvalidError (CONFIG_INVALID) with all findings
 */
export function loadConfig(directory: string, options: LoadOptions = {}): SynclineConfig {
  const folder = new ConfigFolder(directory, options.env ?? process.env);
  const checks = options.checks ?? {};
  const main = folder.typed(SynclineFile, 'syncline.yaml')?.value;
  const profileName = options.profile ?? main?.profile ?? writtenProfile(folder);
  const profile = profileName === undefined ? undefined : loadProfile(folder, profileName);
  const systems = loadSystems(folder, checks);
  const names = systemNames(folder);
  const targets = loadTargets(folder, names, checks);
  const policy = main && folder.text(main.policy);
  if (policy && checks.policy) folder.findings.push(...checks.policy(policy));
  const matching = main?.matching ? folder.text(main.matching) : undefined;
  if (matching && checks.matching) folder.findings.push(...checks.matching(matching));
  const crossReferences = main && loadCrossReferences(folder, main.identity, names);
  const survivorship = main && loadSurvivorship(folder, main.survivorship, names);
  if (folder.findings.length > 0 || !main || !profileName || !profile || !policy || !crossReferences || !survivorship) {
    throw new ConfigInvalidError(folder.findings);
  }
  return {
    directory: folder.path,
    profileName,
    profile,
    timeZone: main.timeZone,
    businessDate: main.businessDate,
    logLevel: main.logLevel,
    systems,
    targets,
    policy,
    policyApprovalAbove: main.policyApprovalAbove,
    matching: matching ?? null,
    crossReferences,
    survivorship,
  };
}

// So that a wrong line in syncline.yaml doesn't hide what is wrong in the profile.
function writtenProfile(folder: ConfigFolder): string | undefined {
  const content = folder.findings.some(({ field }) => field === '')
    ? undefined
    : folder.yaml('syncline.yaml')?.content();
  const profile: unknown =
    content !== null && typeof content === 'object' ? Reflect.get(content, 'profile') : undefined;
  return typeof profile === 'string' ? profile : undefined;
}

function loadProfile(folder: ConfigFolder, name: string): ProfileFile | undefined {
  const file = folder.typed(ProfileFile, `profiles/${name}.yaml`);
  if (!file) return undefined;
  const { value, yaml } = file;
  folder.findings.push(...connectionFindings(value, yaml, folder.path));
  if (value.store.kind !== 'sqlite') {
    const alone = (['eventLog', 'jobQueue'] as const).filter((part) => value[part].kind === 'embedded');
    for (const part of alone) {
      const message = 'is embedded, but the store is a server: log and queue would be shared by nobody';
      folder.findings.push(
        yaml.finding([snakeCase(part), 'kind'], message, { expected: part === 'eventLog' ? 'kafka' : 'bullmq' }),
      );
    }
  } else if (value.eventLog.kind !== 'embedded') {
    const message = 'is sqlite, which one process alone can use, but the event log is shared';
    folder.findings.push(yaml.finding(['store', 'kind'], message, { expected: 'postgres or mssql' }));
  }
  return value;
}
