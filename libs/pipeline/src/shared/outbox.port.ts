import type { TopicMessages } from './event-log.port';

/** Messages that a transaction wants published. The relay appends them to the log after the commit, in order. */
export interface OutboxWriter {
  append(batches: TopicMessages[]): Promise<void>;
}

export interface OutboxEntry {
  id: number;
  batches: TopicMessages[];
}

/** What the relay needs: oldest first; an entry is removed only after the log has it. */
export interface OutboxReader {
  /** Runs alone among all relays of the stage on this store; resolves to what `work` gives, or null when another has it. */
  exclusively<T>(stage: string, work: () => Promise<T>): Promise<T | null>;
  read(stage: string, limit: number): Promise<OutboxEntry[]>;
  remove(stage: string, ids: number[]): Promise<void>;
}

export const OUTBOX_READER = Symbol('OutboxReader');
