import { ConfigInvalidError } from '@syncline/platform';
import { SynclineError } from '@syncline/model';

/** 0 done, 1 failed, 2 the configuration or the command is wrong. */
export function exitCodeOf(error: unknown): number {
  return error instanceof ConfigInvalidError ? 2 : 1;
}

/** Says what went wrong and what to do, and sets the exit code. */
export function endWith(error: unknown): void {
  if (error instanceof SynclineError) {
    console.error(`${error.code}: ${error.message}`);
    if (error.where !== undefined && !(error instanceof ConfigInvalidError)) console.error(`  at ${error.where}`);
    if (error.advice !== undefined) console.error(`  ${error.advice}`);
  } else {
    console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  process.exitCode = exitCodeOf(error);
}
