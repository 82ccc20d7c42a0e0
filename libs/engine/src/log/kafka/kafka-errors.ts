import { SynclineError } from '@syncline/model';
import { KafkaJSError, KafkaJSNumberOfRetriesExceeded } from 'kafkajs';
import { logError, type LogErrorCode } from '../errors';

const CODES: Record<string, LogErrorCode> = {
  UNKNOWN_TOPIC_OR_PARTITION: 'LOG_TOPIC_MISSING',
  MESSAGE_TOO_LARGE: 'LOG_MESSAGE_TOO_LARGE',
  RECORD_LIST_TOO_LARGE: 'LOG_MESSAGE_TOO_LARGE',
  TOPIC_AUTHORIZATION_FAILED: 'LOG_UNAUTHORIZED',
  GROUP_AUTHORIZATION_FAILED: 'LOG_UNAUTHORIZED',
  CLUSTER_AUTHORIZATION_FAILED: 'LOG_UNAUTHORIZED',
  SASL_AUTHENTICATION_FAILED: 'LOG_UNAUTHORIZED',
};

/** Turns whatever kafkajs raised into an error of the catalogue; `doing` says what was being done. */
export function fromKafka(error: unknown, doing: string): SynclineError {
  if (error instanceof SynclineError) return error;
  const code = (protocolTypes(error).map((type) => CODES[type]) as (LogErrorCode | undefined)[]).find(Boolean);
  const said = error instanceof Error ? error.message : String(error);
  return logError(code ?? 'LOG_UNAVAILABLE', `${doing} failed: ${said}`, { cause: error });
}

/** Errors of kafkajs steer its consumer (rejoining a group); they must reach it as they are. */
export function isKafkaError(error: unknown): error is KafkaJSError {
  return error instanceof KafkaJSError;
}

/** Whether a consumer that kafkajs has given up may simply join again: no broker knew the group's coordinator. */
export function isPassing(error: unknown): boolean {
  return error instanceof Error && error.name === 'KafkaJSGroupCoordinatorNotFound';
}

/** The protocol's names of an error and of the errors that caused it. */
function protocolTypes(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = 'type' in error && typeof error.type === 'string' ? [error.type] : [];
  const name = error.name === 'KafkaJSSASLAuthenticationError' ? ['SASL_AUTHENTICATION_FAILED'] : [];
  const cause = error instanceof KafkaJSNumberOfRetriesExceeded || 'cause' in error ? error.cause : undefined;
  return [...own, ...name, ...(cause === error ? [] : protocolTypes(cause))];
}
