/** What one case measured, in a process of its own. */
export interface CaseResult {
  /** Events (messages of the source systems) that went through. */
  events: number;
  seconds: number;
  /** Processor time of the process in those seconds: user and system, all threads. */
  cpuSeconds: number;
  /** The most memory that the process had, in bytes. */
  peakBytes: number;
  /** Of the matching case. */
  matching?: MatchingResult;
}

/** Seconds are processor time. */
export interface MatchingResult {
  /** Pairs that share a block. */
  met: number;
  blocksTooLarge: number;
  prepareSeconds: number;
  /** The last accounts, which are compared. */
  last: { accounts: number; met: number; matches: number; seconds: number; compareSeconds: number };
}

export interface CaseOptions {
  events: number;
  customers: number;
  /** A folder of the run, shared by its cases and removed afterwards. */
  folder: string;
  brokers: string[];
  /** Part of every topic name: runs on one broker do not meet. */
  run: string;
  /** Part of every consumer group: the same case can be run several times on the same topics. */
  attempt: number;
}

export type BenchCase = (options: CaseOptions) => Promise<Omit<CaseResult, 'peakBytes'>>;

/** Wall and processor time of the stretches between `start` and `stop`. */
export class Stopwatch {
  private wallMs = 0;
  private cpuUs = 0;
  private startedAt: { wallMs: number; cpu: NodeJS.CpuUsage } | null = null;

  start(): this {
    this.startedAt ??= { wallMs: performance.now(), cpu: process.cpuUsage() };
    return this;
  }

  stop(): { seconds: number; cpuSeconds: number } {
    if (this.startedAt) {
      const { user, system } = process.cpuUsage(this.startedAt.cpu);
      this.wallMs += performance.now() - this.startedAt.wallMs;
      this.cpuUs += user + system;
      this.startedAt = null;
    }
    return { seconds: this.wallMs / 1e3, cpuSeconds: this.cpuUs / 1e6 };
  }
}

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
