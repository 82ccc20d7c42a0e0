import { SynclineError } from '@syncline/model';

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 20;

/** Runs a whole transaction again when the database chose it as the victim of a deadlock or a race. */
export async function retryContention<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      const again = error instanceof SynclineError && error.code === 'STORE_CONTENTION';
      if (!again || tried >= ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** (tried - 1)));
    }
  }
}
