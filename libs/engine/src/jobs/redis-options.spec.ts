import { redisOptions } from './redis-options';

const options = (url: string, more: object = {}) => redisOptions({ kind: 'bullmq', url, ...more });

describe('redisOptions', () => {
  it('takes an address apart', () => {
    expect(options('redis://h')).toEqual({ host: 'h', port: 6379 });
    expect(options('redis://:p%40ss@h:7000/3')).toEqual({ host: 'h', port: 7000, db: 3, password: 'p@ss' });
    expect(options('redis://user:pass@[::1]:7000')).toMatchObject({ host: '::1', username: 'user', password: 'pass' });
  });

  it('encrypts for rediss:// and for a section tls, and always checks the certificate', () => {
    expect(options('rediss://h').tls).toEqual({ rejectUnauthorized: true });
    expect(options('rediss://h', { tls: { ca: 'PEM' } }).tls).toEqual({ ca: 'PEM', rejectUnauthorized: true });
    expect(options('redis://h', { tls: {} }).tls).toEqual({ rejectUnauthorized: true });
    expect(options('redis://h').tls).toBeUndefined();
  });

  it('lets a login of its own come before that of the address', () => {
    const login = { username: 'u', password: 'p' };
    expect(options('redis://other:secret@h', { login })).toEqual({ host: 'h', port: 6379, ...login });
  });

  it.each(['h:6379', 'http://h', 'redis:', 'redis://user:s3cret@h:port'])('refuses %s without showing it', (url) => {
    expect(() => options(url)).toThrow(/^job_queue\.url is no redis:\/\/ or rediss:\/\/ URL$/);
  });
});
