import { KafkaJSConnectionError, KafkaJSNumberOfRetriesExceeded, KafkaJSProtocolError } from 'kafkajs';
import { logError } from '../errors';
import { fromKafka, isKafkaError } from './kafka-errors';

function protocolError(type: string): Error {
  const error = new KafkaJSProtocolError(new Error(type));
  return Object.assign(error, { type });
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
    const error = new KafkaJSNumberOfRetriesExceeded(protocolError('MESSAGE_TOO_LARGE'), {
      retryCount: 5,
      retryTime: 1,
    });
    Object.assign(error, { cause: protocolError('MESSAGE_TOO_LARGE') });
    expect(fromKafka(error, 'Appending').code).toBe('LOG_MESSAGE_TOO_LARGE');
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
});
