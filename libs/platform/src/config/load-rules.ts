import { didYouMean } from '@syncline/mapping';
import { GOLDEN_ATTRIBUTES } from '@syncline/pipeline/reconcile';
import type { ConfigFolder } from './config-folder';
import { IdentityFile } from './dto/identity.dto';
import { SurvivorshipFile } from './dto/survivorship.dto';
import type { ConfigFinding } from './finding';
import { snakeCase } from './letter-case';
import { oneOf } from './load-systems';
import type { SurvivorshipConfig, SynclineConfig } from './syncline-config';
import type { YamlFile } from './yaml-file';

const ATTRIBUTES: readonly string[] = GOLDEN_ATTRIBUTES;

/** What identity.yaml says, as keys that accounts share. */
export function loadCrossReferences(
  folder: ConfigFolder,
  file: string,
  systems: readonly string[],
): SynclineConfig['crossReferences'] | undefined {
  const loaded = folder.typed(IdentityFile, file);
  if (!loaded) return undefined;
  const keys = new Map<string, string[]>();
  loaded.value.crossReferences.forEach(({ accounts }, index) => {
    for (const account of accounts) {
      if (systems.length > 0 && !systems.some((name) => account.startsWith(`${name}/`))) {
        const message = `names ${JSON.stringify(account)}, whose system is unknown`;
        folder.findings.push(
          loaded.yaml.finding(['cross_references', index, 'accounts'], message, { expected: oneOf(systems) }),
        );
      }
      // Named by its content, so that the order of the entries means nothing.
      keys.set(account, [...(keys.get(account) ?? []), `xref:${[...accounts].sort().join('+')}`]);
    }
  });
  return keys;
}

/** What survivorship.yaml says, by attribute. */
export function loadSurvivorship(folder: ConfigFolder, file: string, systems: readonly string[]): SurvivorshipConfig | undefined {
  const loaded = folder.typed(SurvivorshipFile, file);
  if (!loaded) return undefined;
  const attributes = new Map([...loaded.value.attributes].map(([name, rule]) => [snakeCase(name), rule]));
  for (const [name, rule] of attributes) {
    if (!ATTRIBUTES.includes(name)) folder.findings.push(unknownAttribute(name, loaded.yaml));
    for (const system of rule.systems ?? []) {
      if (systems.length === 0 || systems.includes(system)) continue;
      const message = `names ${JSON.stringify(system)}, which is no system`;
      folder.findings.push(
        loaded.yaml.finding(['attributes', name, 'systems'], message, { expected: oneOf(systems) }),
      );
    }
  }
  return { default: loaded.value.default, attributes };
}

function unknownAttribute(name: string, yaml: YamlFile): ConfigFinding {
  const suggestion = didYouMean(name, ATTRIBUTES);
  return yaml.finding(['attributes', name], 'is no attribute', {
    expected: oneOf(ATTRIBUTES),
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}
