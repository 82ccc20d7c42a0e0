const UNKNOWN_AUTHORITY = 'its certificate is signed by nobody who is trusted here';

/** Node's and OpenSSL's codes of a server that was reached and not believed. */
const SAID: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  CERT_SIGNATURE_FAILURE: UNKNOWN_AUTHORITY,
  CERT_UNTRUSTED: UNKNOWN_AUTHORITY,
  INVALID_CA: UNKNOWN_AUTHORITY,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate does not hold yet',
  CERT_REVOKED: 'its certificate was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  EPROTO: 'it does not speak TLS there, or no version that is spoken here',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS there',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS there',
};

/** The server broke the handshake off; most often it wants a certificate that it was not shown, or not this one. */
const BROKEN_OFF = /^ERR_SSL_.*ALERT|^ERR_SSL_TLSV1|^ERR_SSL_SSLV3/;

/** A key that does not fit its passphrase or its certificate: found only when the connection is made. */
const OWN_KEY = /^ERR_OSSL_|^ERR_CRYPTO_/;

const MOST_CAUSES = 8;

/** An error as clients pass it on: TypeORM, mssql and kafkajs each name what they wrap in their own way. */
interface WrappedError {
  code?: unknown;
  message?: unknown;
  driverError?: unknown;
  originalError?: unknown;
  cause?: unknown;
}

/**
 * What kept an encrypted connection from being made, in words and with Node's code; null when it was something else.
 * Clients wrap errors: causes are looked into, too.
 */
export function tlsProblemOf(error: unknown): string | null {
  let each = error;
  for (let depth = 0; depth < MOST_CAUSES; depth += 1) {
    if (each === null || typeof each !== 'object') return null;
    const { code, message, driverError, originalError, cause } = each as WrappedError;
    const said = typeof code === 'string' ? saidOf(code) : null;
    if (said !== null) return `${said} (${String(code)})`;
    // pg has no code for the answer "no TLS here".
    if (message === 'The server does not support SSL connections') return 'it does not speak TLS';
    each = driverError ?? originalError ?? cause;
  }
  return null;
}

function saidOf(code: string): string | null {
  if (SAID[code] !== undefined) return SAID[code];
  if (BROKEN_OFF.test(code)) return 'it broke off the handshake: it may want another certificate of the client';
  if (OWN_KEY.test(code)) return 'the key of the client can not be used: its passphrase may be wrong';
  return null;
}
