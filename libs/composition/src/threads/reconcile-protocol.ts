import type { SqliteFile } from '@syncline/engine/store';
import type { MetricLabels } from '@syncline/pipeline/shared';
import type { ReconcileSettings } from '../stages/reconcile-rules';
import type { PackedMessages } from './packed-messages';
import type { SentError } from './thread-error';

/** What the thread is made with. */
export interface ReconcileThreadData {
  file: SqliteFile;
  settings: ReconcileSettings;
}

/** To the thread. */
export type ReconcileRequest =
  | { type: 'handle'; id: number; batch: PackedBatch }
  /** The process has committed something to reconcile's outbox itself. */
  | { type: 'notify' }
  | { type: 'drain'; id: number }
  /** An append that the thread asked for is in the log, or failed. */
  | { type: 'appended'; id: number; error?: SentError }
  /** The batch is no longer waited for: what it may leave for later is left. */
  | { type: 'give-up'; id: number }
  | { type: 'stop' };

/** From the thread. */
export type ReconcileReply =
  | { type: 'ready' }
  /** A `handle` or `drain` is through. */
  | { type: 'done'; id: number; counts: Count[]; error?: SentError }
  | { type: 'append'; id: number; batches: { topic: string; messages: PackedMessages }[] }
  | { type: 'relay-failed'; error: SentError };

export interface PackedBatch {
  topic: string;
  partition: number;
  offsets: Float64Array<ArrayBuffer>;
  behind: number;
  messages: PackedMessages;
}

/** A counter's increment, as the stage reported it. */
export type Count = [name: string, labels: MetricLabels, n: number];
