import { SynclineError } from '@syncline/model';

/** What a check says of an error: our own words, never the target's. */
export function errorText(error: unknown): string {
  return error instanceof SynclineError ? `${error.code}: ${error.message}` : 'an unexpected error';
}
