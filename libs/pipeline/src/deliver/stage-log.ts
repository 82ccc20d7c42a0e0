/** What the stage tells the operators: nothing while all goes well. Codes and counts only. */
export interface StageLog {
  warn(message: string, details?: Record<string, string | number>): void;
  error(message: string, details?: Record<string, string | number>): void;
}

/** Where the deliver stage and its adapters log. */
export const DELIVER_LOG = Symbol('DeliverLog');
