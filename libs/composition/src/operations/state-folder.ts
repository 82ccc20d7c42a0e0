import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { SynclineConfig } from '@syncline/platform';

/** Where a process on this machine leaves what the command line needs: beside the database, or in .syncline. */
export class StateFolder {
  readonly path: string;

  constructor({ profile: { store } }: SynclineConfig) {
    this.path = resolve(store.kind === 'sqlite' ? dirname(store.path) : '.syncline');
  }

  get apiKeyFile(): string {
    return join(this.path, 'api-key');
  }

  /** The key of this machine's user, or undefined. */
  apiKey(): string | undefined {
    return this.read('api-key');
  }

  /** The address of the API that runs on this folder's database. */
  url(): string | undefined {
    return this.read('url');
  }

  noteUrl(url: string): void {
    mkdirSync(this.path, { recursive: true });
    writeFileSync(join(this.path, 'url'), `${url}\n`);
  }

  forgetUrl(): void {
    rmSync(join(this.path, 'url'), { force: true });
  }

  private read(name: string): string | undefined {
    try {
      return readFileSync(join(this.path, name), 'utf8').trim();
    } catch {
      return undefined;
    }
  }
}
