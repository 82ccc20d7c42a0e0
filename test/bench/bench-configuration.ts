import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ConfigEditor {
  replace(file: string, from: string | RegExp, to: string): void;
}

/**
 * Copies the shipped configuration to `config` in this folder, with its data in `data` beside it, ports that are
 * free and a fixed business date. Gives an editor for what else shall differ.
 */
export function copyConfiguration(folder: string, businessDate: string): ConfigEditor {
  const config = join(folder, 'config');
  const data = join(folder, 'data');
  cpSync('config', config, { recursive: true });
  mkdirSync(data, { recursive: true });
  const editor = editorOf(config);
  editor.replace('syncline.yaml', 'business_date: today', `business_date: ${businessDate}`);
  editor.replace('profiles/embedded.yaml', '.syncline/', `${data}/`);
  editor.replace('profiles/embedded.yaml', 'port: 8080', 'port: 0');
  editor.replace('profiles/distributed.yaml', '0.0.0.0, port: 8080', '127.0.0.1, port: 0');
  return editor;
}

function editorOf(config: string): ConfigEditor {
  return {
    replace: (file, from, to) => {
      const path = join(config, file);
      const before = readFileSync(path, 'utf8');
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${file} holds no ${String(from)}`);
      writeFileSync(path, after);
    },
  };
}
