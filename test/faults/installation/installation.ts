import type { LossOfOffsets } from '../schedule/fault';
import type { StateReader } from '../state/state-reader';
import type { Role } from './role';

/** Servers that an installation needs. */
export interface Services {
  /** Ends one as a crash would and starts it again; resolves when it answers. */
  crash(name: 'kafka' | 'postgres' | 'redis'): Promise<void>;
  /** Removes everything that Redis holds. */
  emptyRedis(): Promise<void>;
  /** How many brokers Kafka has. */
  readonly brokers: number;
  /** Ends a broker of a cluster as a crash would: the one that leads the topic, or any; it stays away. */
  loseBroker(leads?: string): Promise<void>;
  /** Starts the brokers that are away; resolves when every replica is in sync. */
  restoreBrokers(): Promise<void>;
  /** All groups whose names begin so lose where they were; they must have no members. */
  loseOffsets(groups: string, how: LossOfOffsets): Promise<void>;
}

/** An installation of the real application that faults are done to. */
export interface Installation {
  /** Everything that is left of it: configuration, data, logs. */
  readonly folder: string;
  /** Its processes. */
  readonly roles: readonly Role[];
  readonly api: Role;
  /** What it stands on, where that can be harmed by itself. */
  readonly services?: Services;
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
  /** Removes what it leaves outside its folder. */
  forget(): Promise<void>;
}
