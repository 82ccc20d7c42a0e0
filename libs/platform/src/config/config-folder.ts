import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SecretPlaces } from '../secrets/secret-ref';
import type { ConfigFinding } from './finding';
import type { ConfigText } from './syncline-config';
import { validateFile } from './validate-file';
import { YamlFile } from './yaml-file';

/** The folder of the configuration while it is being read: gives typed files and gathers findings. */
export class ConfigFolder {
  readonly path: string;
  readonly findings: ConfigFinding[] = [];
  private readonly places: SecretPlaces;

  constructor(path: string, env: SecretPlaces['env']) {
    this.path = resolve(path);
    this.places = { env, directory: this.path };
  }

  /** Names of the YAML files in a folder, sorted; none when there is no such folder. */
  list(folder: string): string[] {
    const path = join(this.path, folder);
    if (!existsSync(path)) return [];
    return readdirSync(path)
      .filter((name) => /\.ya?ml$/.test(name) && !/\.test\.ya?ml$/.test(name))
      .sort()
      .map((name) => `${folder}/${name}`);
  }

  /** The typed content of a file; undefined when there are findings. */
  typed<T extends object>(type: new () => T, file: string): { value: T; yaml: YamlFile } | undefined {
    const yaml = this.yaml(file);
    if (!yaml) return undefined;
    const { value, findings } = validateFile(type, yaml, this.places);
    this.findings.push(...findings);
    return value === null ? undefined : { value, yaml };
  }

  /** A YAML file with its references unresolved. */
  yaml(file: string): YamlFile | undefined {
    const text = this.read(file);
    return text === undefined ? undefined : new YamlFile(file, text);
  }

  /** A file as text, for a library that reads it itself. `from` names it, for the finding when it is not there. */
  text(file: string, from?: ConfigFinding): ConfigText | undefined {
    const text = this.read(file, from);
    return text === undefined ? undefined : { name: nameOf(file), file, text };
  }

  private read(file: string, from?: ConfigFinding): string | undefined {
    try {
      return readFileSync(join(this.path, file), 'utf8');
    } catch {
      const near = this.list(file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.').map((each) =>
        each.replace(/^\.\//, ''),
      );
      const expected = near.length > 0 ? `one of ${near.join(', ')}` : `a file in ${this.path}`;
      this.findings.push(
        from ?? { file, line: 1, column: 1, field: '', message: 'is not there or not readable', expected },
      );
      return undefined;
    }
  }
}

function nameOf(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.ya?ml$/, '');
}
