import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { checkedTls, type TlsOptions } from '../../../connection/tls-options';
import { refuseInUrl, serverAddress } from './server-address';

interface PostgresTls extends TlsOptions {
  rejectUnauthorized: true;
  checkServerIdentity(host: string, certificate: PeerCertificate): Error | undefined;
}

/**
 * What pg needs to connect encrypted. It would take `sslmode` of the URL before these options, and the host of the URL
 * before `servername`: the first is refused, the second is why the name is checked here.
 * @throws SynclineError STORE_ADDRESS_INVALID
 */
export function postgresTls(address: string, tls: TlsOptions): PostgresTls {
  const url = serverAddress(address);
  refuseInUrl(url, /^(ssl|uselibpqcompat)/);
  const name = tls.servername ?? url.hostname.replace(/^\[|\]$/g, '');
  return { ...checkedTls(tls), checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate) };
}
