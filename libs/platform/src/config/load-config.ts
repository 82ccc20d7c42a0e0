import { SynclineError } from '@syncline/model';
import { ConfigFolder } from './config-folder';
import { IdentityFile } from './dto/identity.dto';
import { ProfileFile } from './dto/profile.dto';
import { SurvivorshipFile } from './dto/survivorship.dto';
import { SynclineFile } from './dto/syncline-file.dto';
import { SystemFile } from './dto/system.dto';
import { ConfigInvalidError, type ConfigFinding } from './finding';
import { snakeCase } from './letter-case';
import type { ConfigText, SurvivorshipConfig, SynclineConfig, SystemConfig, TargetConfig } from './syncline-config';
import type { YamlFile } from './yaml-file';

/** What other libraries say about files that are theirs. */
export interface ConfigChecks {
  mapping?(file: ConfigText): ConfigFinding[];
  policy?(file: ConfigText): ConfigFinding[];
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
  const targets = loadTargets(folder, systems, checks);
  const policy = main && folder.text(main.policy);
  if (policy && checks.policy) folder.findings.push(...checks.policy(policy));
  const crossReferences = main && loadCrossReferences(folder, main.identity, systems);
  const survivorship = main && loadSurvivorship(folder, main.survivorship, systems);
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

function loadSystems(folder: ConfigFolder, checks: ConfigChecks): SystemConfig[] {
  const checked = new Set<string>();
  const systems: SystemConfig[] = [];
  for (const path of folder.list('systems')) {
    const file = folder.typed(SystemFile, path);
    if (!file) continue;
    const { value, yaml } = file;
    if (systems.some(({ name }) => name === value.name)) {
      folder.findings.push(yaml.finding(['name'], `is ${JSON.stringify(value.name)}, which another system has`));
    }
    const mapping = folder.text(`mappings/${value.mapping}`, mappingMissing(folder, yaml, value.mapping));
    if (!mapping) continue;
    if (!checked.has(mapping.file)) folder.findings.push(...(checks.mapping?.(mapping) ?? []));
    checked.add(mapping.file);
    const { topics, ...rest } = value;
    systems.push({ ...rest, topicPrefix: topics.prefix, mapping });
  }
  if (systems.length === 0 && folder.findings.length === 0) {
    folder.findings.push({
      file: 'systems',
      line: 1,
      column: 1,
      field: '',
      message: 'holds no system',
      expected: 'at least one systems/<name>.yaml',
    });
  }
  return systems;
}

function mappingMissing(folder: ConfigFolder, yaml: YamlFile, name: string): ConfigFinding {
  const there = folder.list('mappings').map((each) => each.replace('mappings/', ''));
  return yaml.finding(['mapping'], `is ${JSON.stringify(name)}, which is not under mappings/`, {
    expected: `one of ${there.join(', ')}`,
  });
}

function loadTargets(folder: ConfigFolder, systems: SystemConfig[], checks: ConfigChecks): TargetConfig[] {
  return folder.list('targets').flatMap((file): TargetConfig[] => {
    const yaml = folder.yaml(file);
    if (!yaml) return [];
    const syntax = yaml.findings();
    folder.findings.push(...syntax);
    if (syntax.length > 0) return [];
    const content = yaml.content();
    folder.findings.push(...targetFindings(content, yaml, checks), ...unknownSystem(content, yaml, systems));
    return [{ file, content }];
  });
}

function targetFindings(content: unknown, yaml: YamlFile, checks: ConfigChecks): ConfigFinding[] {
  try {
    checks.target?.(content, yaml.file);
    return [];
  } catch (error) {
    if (!(error instanceof SynclineError)) throw error;
    const [first = '', ...rest] = error.message.split(' ');
    const isField = /^[a-z_][\w.]*$/.test(first) && first !== 'the';
    return [isField ? yaml.finding(first.split('.'), rest.join(' ')) : yaml.finding([], error.message)];
  }
}

function unknownSystem(content: unknown, yaml: YamlFile, systems: SystemConfig[]): ConfigFinding[] {
  const system: unknown = content !== null && typeof content === 'object' ? Reflect.get(content, 'system') : undefined;
  if (typeof system !== 'string' || systems.length === 0 || systems.some(({ name }) => name === system)) return [];
  return [yaml.finding(['system'], `is ${JSON.stringify(system)}, which is no system`, { expected: namesOf(systems) })];
}

function loadCrossReferences(
  folder: ConfigFolder,
  file: string,
  systems: SystemConfig[],
): SynclineConfig['crossReferences'] | undefined {
  const loaded = folder.typed(IdentityFile, file);
  if (!loaded) return undefined;
  const keys = new Map<string, string[]>();
  loaded.value.crossReferences.forEach(({ accounts }, index) => {
    for (const account of accounts) {
      if (systems.length > 0 && !systems.some(({ name }) => account.startsWith(`${name}/`))) {
        const message = `names ${JSON.stringify(account)}, whose system is unknown`;
        folder.findings.push(
          loaded.yaml.finding(['cross_references', index, 'accounts'], message, { expected: namesOf(systems) }),
        );
      }
      // Named by its content, so that the order of the entries means nothing.
      keys.set(account, [...(keys.get(account) ?? []), `xref:${[...accounts].sort().join('+')}`]);
    }
  });
  return keys;
}

function loadSurvivorship(folder: ConfigFolder, file: string, systems: SystemConfig[]): SurvivorshipConfig | undefined {
  const loaded = folder.typed(SurvivorshipFile, file);
  if (!loaded) return undefined;
  const attributes = new Map([...loaded.value.attributes].map(([name, rule]) => [snakeCase(name), rule]));
  for (const [name, rule] of attributes) {
    for (const system of rule.systems ?? []) {
      if (systems.length === 0 || systems.some((each) => each.name === system)) continue;
      const message = `names ${JSON.stringify(system)}, which is no system`;
      folder.findings.push(
        loaded.yaml.finding(['attributes', name, 'systems'], message, { expected: namesOf(systems) }),
      );
    }
  }
  return { default: loaded.value.default, attributes };
}

function namesOf(systems: SystemConfig[]): string {
  return `one of ${systems.map(({ name }) => name).join(', ')}`;
}
