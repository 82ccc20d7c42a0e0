import { SynclineError } from '@syncline/model';
import { KafkaJSAggregateError, KafkaJSError, KafkaJSNumberOfRetriesExceeded, KafkaJSProtocolError } from 'kafkajs';
import { tlsProblemOf } from '../../connection/tls-problem';
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
  const mistrusted = tlsProblemOf(error);
  if (mistrusted !== null) return logError('LOG_TLS_FAILED', `${doing} failed: ${mistrusted}`, { cause: error });
  const code = (protocolTypes(error).map((type) => CODES[type]) as (LogErrorCode | undefined)[]).find(Boolean);
  return logError(code ?? 'LOG_UNAVAILABLE', `${doing} failed: ${said(error)}`, { cause: error });
}

/** Errors of kafkajs steer its consumer (rejoining a group); they must reach it as they are. */
export function isKafkaError(error: unknown): error is KafkaJSError {
  return error instanceof KafkaJSError;
}

/**
 * Whether the same request may succeed a moment later: Kafka or kafkajs marks the error as retriable, or no broker
 * knew a group's coordinator. When kafkajs has tried often enough already, that is so for a broker's answers only:
 * brokers that can't be reached all that time are to be told of.
 */
export function isPassing(error: unknown): boolean {
  if (error instanceof KafkaJSAggregateError) return error.errors.every((each) => isPassing(each) || isExisting(each));
  if (error instanceof Error && error.name === 'KafkaJSGroupCoordinatorNotFound') return true;
  if (error instanceof KafkaJSNumberOfRetriesExceeded) {
    return error.cause instanceof KafkaJSProtocolError && isPassing(error.cause);
  }
  return isKafkaError(error) && error.retriable;
}

/** Whether a broker does not know the topic: nobody has created it, or the broker has not been told yet. */
export function isUnknownTopic(error: unknown): boolean {
  return protocolTypes(error).includes('UNKNOWN_TOPIC_OR_PARTITION');
}

/** One of several topics to create that another process has created meanwhile. */
function isExisting(error: unknown): boolean {
  return protocolTypes(error).includes('TOPIC_ALREADY_EXISTS');
}

function said(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!(error instanceof KafkaJSAggregateError)) return error.message;
  return error.errors.map((each) => `${topicOf(each)}${said(each)}`).join('; ');
}

function topicOf(error: unknown): string {
  return error instanceof KafkaJSError && 'topic' in error ? `${String(error.topic)}: ` : '';
}

/** The protocol's names of an error and of the errors that caused it. */
function protocolTypes(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  if (error instanceof KafkaJSAggregateError) return error.errors.flatMap(protocolTypes);
  const own = 'type' in error && typeof error.type === 'string' ? [error.type] : [];
  const name = error.name === 'KafkaJSSASLAuthenticationError' ? ['SASL_AUTHENTICATION_FAILED'] : [];
  const cause = error instanceof KafkaJSNumberOfRetriesExceeded || 'cause' in error ? error.cause : undefined;
  return [...own, ...name, ...(cause === error ? [] : protocolTypes(cause))];
}
