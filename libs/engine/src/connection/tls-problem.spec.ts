import { tlsProblemOf } from './tls-problem';

describe('tlsProblemOf', () => {
  it.each([
    ['SELF_SIGNED_CERT_IN_CHAIN', 'signed by nobody'],
    ['CERT_HAS_EXPIRED', 'has expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'another name'],
    ['EPROTO', 'does not speak TLS'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'another certificate of the client'],
    ['ERR_OSSL_BAD_DECRYPT', 'passphrase may be wrong'],
  ])('says in words what %s means, and its code', (code, words) => {
    const said = tlsProblemOf({ code });
    expect(said).toContain(words);
    expect(said).toContain(code);
  });

  it.each(['cause', 'driverError', 'originalError'])('looks into what a client has wrapped as %s', (name) => {
    expect(tlsProblemOf({ code: 'ESOCKET', [name]: { code: 'CERT_HAS_EXPIRED' } })).toContain('has expired');
  });

  it('leaves everything else alone, and ends where an error is its own cause', () => {
    const circle: { code: string; cause?: unknown } = { code: 'ECONNRESET' };
    circle.cause = circle;
    for (const error of [circle, new Error('no'), { code: 'ECONNREFUSED' }, null, 'text']) {
      expect(tlsProblemOf(error)).toBeNull();
    }
  });
});
