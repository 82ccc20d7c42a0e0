import { loadInstallation, StateFolder } from '@syncline/composition';
import type { SynclineConfig } from '@syncline/platform';
import type { Command } from 'commander';
import { ApiClient } from './api-client';

/** Options of every command. */
export interface GlobalOptions {
  config: string;
  profile?: string;
}

/** The configuration that the command line's options name. */
export function configOf(command: Command): SynclineConfig {
  const { config, profile } = command.optsWithGlobals<GlobalOptions>();
  return loadInstallation(config, profile === undefined ? {} : { profile });
}

/** The API that a command talks to: --url, else the one that runs on this machine, else the profile's address. */
export function clientOf(command: Command): ApiClient {
  const { url } = command.optsWithGlobals<GlobalOptions & { url?: string }>();
  const config = configOf(command);
  return clientFor(config, url);
}

/** The same for a configuration that is read already. */
export function clientFor(config: SynclineConfig, url?: string): ApiClient {
  const folder = new StateFolder(config);
  const { host, port } = config.profile.http;
  const local = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
  return new ApiClient(
    (url ?? folder.url() ?? local).replace(/\/$/, ''),
    process.env['SYNCLINE_API_KEY'] ?? folder.apiKey(),
  );
}

/** Adds --url to a command that talks to the API. */
export function withUrl(command: Command): Command {
  return command.option('--url <address>', 'address of the API; default: the Syncline that runs on this machine');
}
