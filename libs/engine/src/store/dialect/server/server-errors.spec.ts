import { QueryRunnerAlreadyReleasedError } from 'typeorm';
import { storeError } from '../../errors';
import { serverError } from './server-errors';

describe('errors of database servers', () => {
  it.each([
    [{ number: 1205 }, 'STORE_CONTENTION', 'transient'],
    [{ number: 2627 }, 'STORE_CONTENTION', 'transient'],
    [{ number: 8115 }, 'STORE_VALUE_REFUSED', 'poison'],
    [{ number: 1105 }, 'STORE_FULL', 'fatal'],
    [{ number: 208 }, 'STORE_STATEMENT_FAILED', 'fatal'],
    [{ code: '40P01' }, 'STORE_CONTENTION', 'transient'],
    [{ code: '22003' }, 'STORE_VALUE_REFUSED', 'poison'],
    [{ code: '57P01' }, 'STORE_UNAVAILABLE', 'transient'],
    [{ code: '42P01' }, 'STORE_STATEMENT_FAILED', 'fatal'],
    [{ code: 'ECONNREFUSED' }, 'STORE_UNAVAILABLE', 'transient'],
    [{ code: 'ESOCKET' }, 'STORE_UNAVAILABLE', 'transient'],
    [{ code: '28P01' }, 'STORE_UNAUTHORIZED', 'fatal'],
    [{ number: 18456, code: 'ELOGIN' }, 'STORE_UNAUTHORIZED', 'fatal'],
    [{ code: 'ESOCKET', cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } }, 'STORE_TLS_FAILED', 'fatal'],
    [new Error('The server does not support SSL connections'), 'STORE_TLS_FAILED', 'fatal'],
    [new QueryRunnerAlreadyReleasedError(), 'STORE_UNAVAILABLE', 'transient'],
    [new Error('Connection terminated unexpectedly'), 'STORE_UNAVAILABLE', 'transient'],
  ])('%p is %s', (cause, code, kind) => {
    expect(serverError({ driverError: cause }, 'x')).toMatchObject({ code, kind });
    expect(serverError(cause, 'x')).toMatchObject({ code, kind });
  });

  it('leaves store errors as they are', () => {
    const error = storeError('STORE_FULL', 'full');
    expect(serverError(error, 'x')).toBe(error);
  });
});
