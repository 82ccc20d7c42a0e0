import { SynclineError } from '@syncline/model';
import type { ConfigFolder } from './config-folder';
import type { ConfigFinding } from './finding';
import type { ConfigChecks } from './load-config';
import { oneOf } from './load-systems';
import type { TargetConfig } from './syncline-config';
import type { YamlFile } from './yaml-file';

/** All files under targets/, checked by who reads them. */
export function loadTargets(folder: ConfigFolder, systems: readonly string[], checks: ConfigChecks): TargetConfig[] {
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

function unknownSystem(content: unknown, yaml: YamlFile, systems: readonly string[]): ConfigFinding[] {
  const system: unknown = content !== null && typeof content === 'object' ? Reflect.get(content, 'system') : undefined;
  if (typeof system !== 'string' || systems.length === 0 || systems.includes(system)) return [];
  return [yaml.finding(['system'], `is ${JSON.stringify(system)}, which is no system`, { expected: oneOf(systems) })];
}
