import { storeError } from '../../errors';

/**
 * A database's address, taken apart. The error of `URL` would hold the address, and with it the password.
 * @throws SynclineError STORE_ADDRESS_INVALID
 */
export function serverAddress(text: string): URL {
  if (!URL.canParse(text)) throw storeError('STORE_ADDRESS_INVALID', 'store.url is no URL');
  return new URL(text);
}

/** With a `tls` section the URL must not say anything else: which of them holds would depend on the driver. */
export function refuseInUrl(url: URL, names: RegExp): void {
  const said = [...url.searchParams.keys()].find((name) => names.test(name));
  if (said !== undefined) {
    throw storeError('STORE_ADDRESS_INVALID', `store.url says ${said} beside the section store.tls`);
  }
}
