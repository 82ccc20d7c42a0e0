/** What one case measured, in a process of its own. */
export interface CaseResult {
  /** Events (messages of the source systems) that went through. */
  events: number;
  seconds: number;
  /** The most memory that the process had, in bytes. */
  peakBytes: number;
  /** Whatever else is worth a column. */
  details?: Record<string, number>;
}

export interface CaseOptions {
  events: number;
  customers: number;
  /** A folder of the run, shared by its cases and removed afterwards. */
  folder: string;
  brokers: string[];
  postgresUrl: string | null;
  redisUrl: string | null;
  /** Part of every topic name and group: runs on one broker do not meet. */
  run: string;
}

export type BenchCase = (options: CaseOptions) => Promise<Omit<CaseResult, 'peakBytes'>>;

/** Follows the resident memory of this process; `stop` gives the peak in bytes. */
export function watchMemory(): { stop(): number } {
  let peak = process.memoryUsage.rss();
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  return {
    stop: () => {
      clearInterval(timer);
      return Math.max(peak, process.memoryUsage.rss());
    },
  };
}
