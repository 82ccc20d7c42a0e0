/** One part that the process needs: the log, the store, the queue, a consumer. */
export interface HealthCheck {
  /** Lower-case name of the part: `store`. */
  readonly name: string;
  /** Resolves when the part works; rejects with the cause. */
  check(signal: AbortSignal): Promise<void>;
}

export const HEALTH_CHECKS = Symbol('HealthChecks');
