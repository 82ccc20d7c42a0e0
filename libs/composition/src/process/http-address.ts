import type { AddressInfo } from 'node:net';
import type { SynclineConfig } from '@syncline/platform';
import { compositionError } from '../errors';

/** The address under which this machine reaches what listens there. */
export function localUrl(address: AddressInfo | string | null, { profile: { http } }: SynclineConfig): string {
  const port = address !== null && typeof address === 'object' ? address.port : http.port;
  const host = http.host === '0.0.0.0' || http.host === '::' ? '127.0.0.1' : http.host;
  return `http://${host}:${port}`;
}

/** Says in a sentence that the port is taken. */
export function listenError(error: unknown, { profile: { http } }: SynclineConfig): unknown {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  return taken
    ? compositionError('HTTP_PORT_TAKEN', `${http.host}:${http.port} is taken by another process`, error)
    : error;
}
