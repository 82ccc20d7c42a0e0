/** An encrypted connection, as Node's `tls` takes it. The server's certificate and name are always checked. */
export interface TlsOptions {
  /** PEM; absent = the authorities that Node.js trusts. */
  ca?: string;
  cert?: string;
  key?: string;
  passphrase?: string;
  /** The name that the certificate must have; absent = the host that is connected to. */
  servername?: string;
}

/** What a client gets: no setting of the environment can switch the check of the certificate off. */
export function checkedTls(options: TlsOptions): TlsOptions & { rejectUnauthorized: true } {
  return { ...options, rejectUnauthorized: true };
}
