import type { ConfigFolder } from './config-folder';
import { SystemFile } from './dto/system.dto';
import type { ConfigFinding } from './finding';
import type { ConfigChecks } from './load-config';
import type { SystemConfig } from './syncline-config';
import type { YamlFile } from './yaml-file';

/** All files under systems/ with their mappings. */
export function loadSystems(folder: ConfigFolder, checks: ConfigChecks): SystemConfig[] {
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

/**
 * The names that the files of systems claim, those of files with findings too: one mistake is not to be told again by
 * everything that names the system.
 */
export function systemNames(folder: ConfigFolder): string[] {
  return folder.list('systems').flatMap((path) => {
    const content = folder.yaml(path)?.content();
    const name: unknown = content !== null && typeof content === 'object' ? Reflect.get(content, 'name') : undefined;
    return typeof name === 'string' ? [name] : [];
  });
}

/** `one of erp, crm`. */
export function oneOf(names: readonly string[]): string {
  return `one of ${names.join(', ')}`;
}
