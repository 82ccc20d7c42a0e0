import type { StateReader } from '../state/state-reader';
import type { Role } from './role';

/** An installation of the real application that faults are done to. */
export interface Installation {
  /** Everything that is left of it: configuration, data, logs. */
  readonly folder: string;
  /** Its processes. */
  readonly roles: readonly Role[];
  readonly api: Role;
  start(): Promise<void>;
  /** The administrator's key, once the API runs. */
  apiKey(): Promise<string>;
  /** Resolves when everything that was sent has been taken through: positions, outboxes and deliveries. */
  settled(): Promise<void>;
  /** Asks all processes to stop; gives what went wrong with that. */
  stopInOrder(): Promise<string[]>;
  /** Ends everything at once, whatever state it is in. */
  abandon(): Promise<void>;
  /** What it has come to; may be called when it has stopped. */
  open(): Promise<StateReader>;
}
