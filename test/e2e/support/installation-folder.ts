import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedU8DemoDatabase } from '@syncline/adapters';

export interface FolderOptions {
  /** The fixed business date. */
  businessDate: string;
  /** Customer codes of the target database. */
  targetCodes?: string[];
  /** Changes files of the configuration before the start. */
  edit?(config: ConfigEditor): void;
}

export interface ConfigEditor {
  /** Changes a text in a file of the configuration, which must hold it. */
  replace(file: string, from: string | RegExp, to: string): void;
  /** A file of the configuration, to copy. */
  read(file: string): string;
  write(file: string, text: string): void;
}

/** An installation's own folder: a copy of the shipped configuration, its data, and the database of its target. */
export class InstallationFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'syncline-e2e-'));
  readonly config = join(this.path, 'config');
  readonly data = join(this.path, 'data');
  readonly targetDatabase = join(this.path, 'u8.db');

  constructor({ businessDate, targetCodes, edit }: FolderOptions) {
    cpSync('config', this.config, { recursive: true });
    mkdirSync(this.data);
    this.editor.replace('syncline.yaml', 'business_date: today', `business_date: ${businessDate}`);
    this.editor.replace('profiles/embedded.yaml', '.syncline/', `${this.data}/`);
    this.editor.replace('profiles/embedded.yaml', 'port: 8080', 'port: 0');
    this.editor.replace('profiles/distributed.yaml', '0.0.0.0, port: 8080', '127.0.0.1, port: 0');
    this.editor.replace('targets/u8-demo.yaml', '.syncline/u8.db', this.targetDatabase);
    edit?.(this.editor);
    seedU8DemoDatabase(this.targetDatabase, targetCodes ?? []);
  }

  get editor(): ConfigEditor {
    const pathOf = (file: string): string => join(this.config, file);
    const read = (file: string): string => readFileSync(pathOf(file), 'utf8');
    const write = (file: string, text: string): void => writeFileSync(pathOf(file), text);
    const replace = (file: string, from: string | RegExp, to: string): void => {
      const before = read(file);
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${file} holds no ${String(from)}`);
      write(file, after);
    };
    return { read, write, replace };
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
