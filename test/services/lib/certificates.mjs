// Certificates for tests: an authority, a server's, a client's, and an authority that has signed none of them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, runToEnd } from './process.mjs';

/** The only names that the server's certificate is for. */
export const SERVER_NAMES = ['DNS:localhost', 'IP:127.0.0.1'];

/** Makes them in `folder`; resolves to the paths. Keys are PKCS#8 and not encrypted. */
export async function makeCertificates(folder) {
  const at = (name) => join(folder, name);
  const [authority, other] = await Promise.all([makeAuthority(folder, 'ca'), makeAuthority(folder, 'other-ca')]);
  const extensions = (name, lines) => writeFileSync(at(name), `${lines.join('\n')}\n`);
  extensions('server.ext', [`subjectAltName=${SERVER_NAMES.join(',')}`, 'extendedKeyUsage=serverAuth']);
  extensions('client.ext', ['extendedKeyUsage=clientAuth']);
  await sign(folder, 'server', 'localhost', authority);
  await sign(folder, 'client', 'syncline', authority);
  return {
    ca: authority.cert,
    otherCa: other.cert,
    serverCert: at('server.pem'),
    serverKey: at('server.key'),
    clientCert: at('client.pem'),
    clientKey: at('client.key'),
  };
}

const EC_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

async function makeAuthority(folder, name) {
  const [cert, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  await openssl(['req', '-x509', ...EC_KEY, '-keyout', key, '-out', cert, '-days', '30', '-subj', `/CN=test ${name}`]);
  return { cert, key };
}

async function sign(folder, name, commonName, authority) {
  const [key, request] = [join(folder, `${name}.key`), join(folder, `${name}.csr`)];
  await openssl(['req', '-new', ...EC_KEY, '-keyout', key, '-out', request, '-subj', `/CN=${commonName}`]);
  const signed = ['-out', join(folder, `${name}.pem`), '-extfile', join(folder, `${name}.ext`), '-days', '30'];
  await openssl(['x509', '-req', '-in', request, '-CA', authority.cert, '-CAkey', authority.key, '-CAcreateserial', ...signed]);
}

function openssl(args) {
  const program = findProgram('openssl');
  if (!program) throw new Error('openssl is not installed; run test/services/install.sh');
  return runToEnd(program, args);
}
