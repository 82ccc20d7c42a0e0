/**
 * How far a stage has come in one partition, kept in the same transaction as what it made of it. Messages below
 * `next` were applied; a zombie that holds an old position can't commit.
 */
export interface InputPosition {
  stage: string;
  topic: string;
  partition: number;
  /** First offset of the batch. */
  from: number;
  /** Last offset of the batch + 1. */
  next: number;
}
