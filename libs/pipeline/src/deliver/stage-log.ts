/** What the stage tells the operators: nothing while all goes well. Codes and counts only. */
export interface StageLog {
  warn(message: string, details?: Record<string, string | number>): void;
  error(message: string, details?: Record<string, string | number>): void;
}
