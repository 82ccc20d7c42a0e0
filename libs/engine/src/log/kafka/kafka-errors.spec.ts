import {
  KafkaJSAggregateError,
  KafkaJSConnectionError,
  KafkaJSNonRetriableError,
  KafkaJSNumberOfRetriesExceeded,
  KafkaJSProtocolError,
} from 'kafkajs';
import { logError } from '../errors';
import { fromKafka, isKafkaError, isPassing } from './kafka-errors';

function protocolError(type: string, retriable = false): Error {
  const error = new KafkaJSProtocolError(new Error(type));
  return Object.assign(error, { type, retriable });
}

function exhausted(cause: Error): Error {
  return Object.assign(new KafkaJSNumberOfRetriesExceeded(cause, { retryCount: 5, retryTime: 1 }), { cause });
}

describe('errors of kafkajs', () => {
  it.each([
    ['UNKNOWN_TOPIC_OR_PARTITION', 'LOG_TOPIC_MISSING', 'fatal'],
    ['MESSAGE_TOO_LARGE', 'LOG_MESSAGE_TOO_LARGE', 'poison'],
    ['GROUP_AUTHORIZATION_FAILED', 'LOG_UNAUTHORIZED', 'fatal'],
    ['NOT_LEADER_FOR_PARTITION', 'LOG_UNAVAILABLE', 'transient'],
  ])('names %s %s', (type, code, kind) => {
    expect(fromKafka(protocolError(type), 'Appending')).toMatchObject({ code, kind });
  });

  it('looks into the cause of exhausted retries', () => {
    expect(fromKafka(exhausted(protocolError('MESSAGE_TOO_LARGE')), 'Appending').code).toBe('LOG_MESSAGE_TOO_LARGE');
  });

  it('looks into each of several errors, and says all of them with their topics', () => {
    const error = new KafkaJSAggregateError('Topic creation errors', [
      Object.assign(protocolError('TOPIC_ALREADY_EXISTS'), { topic: 'a' }),
      Object.assign(protocolError('CLUSTER_AUTHORIZATION_FAILED'), { topic: 'b' }),
    ]);
    expect(fromKafka(error, 'Creating topics')).toMatchObject({
      code: 'LOG_UNAUTHORIZED',
      message: 'Creating topics failed: a: TOPIC_ALREADY_EXISTS; b: CLUSTER_AUTHORIZATION_FAILED',
    });
  });

  it('leaves our own errors alone and calls the rest unavailable', () => {
    const own = logError('LOG_CLOSED', 'closed');
    expect(fromKafka(own, 'Appending')).toBe(own);
    expect(fromKafka(new TypeError('x is not a function'), 'Reading')).toMatchObject({
      code: 'LOG_UNAVAILABLE',
      message: 'Reading failed: x is not a function',
    });
  });

  it('knows what may reach kafkajs', () => {
    expect(isKafkaError(new KafkaJSConnectionError('refused'))).toBe(true);
    expect(isKafkaError(new TypeError('x'))).toBe(false);
  });

  it.each<[string, Error, boolean]>([
    ['a retriable answer', protocolError('UNKNOWN_TOPIC_OR_PARTITION', true), true],
    ['another answer', protocolError('TOPIC_AUTHORIZATION_FAILED'), false],
    ['a broken connection', new KafkaJSConnectionError('closed'), true],
    [
      'no coordinator',
      Object.assign(new KafkaJSNonRetriableError('none'), { name: 'KafkaJSGroupCoordinatorNotFound' }),
      true,
    ],
    ['what kafkajs does not repeat', new KafkaJSNonRetriableError('no'), false],
    ['a retriable answer after all tries', exhausted(protocolError('LEADER_NOT_AVAILABLE', true)), true],
    ['no connection after all tries', exhausted(new KafkaJSConnectionError('refused')), false],
    ['a bug', new TypeError('x'), false],
  ])('knows what passes: %s', (_, error, passes) => {
    expect(isPassing(error)).toBe(passes);
  });
});
