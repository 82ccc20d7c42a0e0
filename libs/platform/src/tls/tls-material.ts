import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { MutualTlsSettings, TlsSettings } from '../config/dto/tls.dto';
import { platformError } from '../errors';

/** What a connection needs to be encrypted, as Node's `tls` takes it. The server is always checked. */
export interface TlsMaterial {
  ca?: string;
  cert?: string;
  key?: string;
  passphrase?: string;
  servername?: string;
}

/** What is wrong with a file that a `tls` section names; `field` as code writes it. */
export interface TlsFlaw {
  field: 'caFile' | 'certFile' | 'keyFile' | 'keyPassphrase';
  message: string;
  expected: string;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * The files of a `tls` section, read; relative paths begin at `directory`.
 * @throws SynclineError TLS_FILE_UNUSABLE, SECRET_MISSING
 */
export function tlsMaterial(settings: MutualTlsSettings, directory: string): TlsMaterial {
  const [flaw] = tlsFlaws(settings, directory);
  if (flaw) throw platformError('TLS_FILE_UNUSABLE', flaw.message);
  const read = (file: string): string => readFileSync(pathOf(file, directory), 'utf8');
  const { caFile, certFile, keyFile, keyPassphrase, serverName } = settings;
  return {
    ...(caFile === undefined ? {} : { ca: read(caFile) }),
    ...(certFile === undefined ? {} : { cert: read(certFile) }),
    ...(keyFile === undefined ? {} : { key: read(keyFile) }),
    ...(keyPassphrase === undefined ? {} : { passphrase: keyPassphrase.reveal() }),
    ...(serverName === undefined ? {} : { servername: serverName }),
  };
}

/** Everything that is wrong with the files of a `tls` section: not there, no certificates, a key of another one. */
export function tlsFlaws(settings: MutualTlsSettings, directory: string): TlsFlaw[] {
  const { caFile, certFile, keyFile, keyPassphrase } = settings;
  const authorities = certificatesIn(caFile, directory);
  const shown = certificatesIn(certFile, directory);
  const flaws: (TlsFlaw | undefined)[] = [flawOf('caFile', authorities), flawOf('certFile', shown)];
  if (certFile !== undefined && keyFile === undefined) {
    flaws.push({ field: 'certFile', message: 'needs the key_file that belongs to it', expected: 'both or none' });
  }
  if (keyFile !== undefined) {
    const fits = keyFlaw(keyFile, directory, keyPassphrase !== undefined, shown);
    const message = certFile === undefined ? 'needs the cert_file that it belongs to' : fits;
    if (message !== undefined)
      flaws.push({ field: 'keyFile', message, expected: 'the private key of cert_file, as PEM' });
  }
  return flaws.filter((flaw) => flaw !== undefined);
}

/** The day on which the first of the certificates of a file ends to hold; null without a file or when it can't be read. */
export function validUntil({ caFile }: TlsSettings, directory: string): string | null {
  const found = certificatesIn(caFile, directory);
  if (!Array.isArray(found) || found.length === 0) return null;
  return new Date(Math.min(...found.map(({ validTo }) => Date.parse(validTo)))).toISOString().slice(0, 10);
}

/** The certificates in a file, or what is wrong with it. */
function certificatesIn(file: string | undefined, directory: string): X509Certificate[] | string {
  if (file === undefined) return [];
  const text = textOf(file, directory);
  if (text.flaw !== undefined) return text.flaw;
  const blocks = text.content.match(CERTIFICATE) ?? [];
  try {
    const certificates = blocks.map((block) => new X509Certificate(block));
    return certificates.length > 0 ? certificates : `names ${pathOf(file, directory)}, which holds no certificate`;
  } catch {
    return `names ${pathOf(file, directory)}, which holds a certificate that can't be decoded`;
  }
}

function flawOf(field: 'caFile' | 'certFile', found: X509Certificate[] | string): TlsFlaw | undefined {
  return typeof found === 'string'
    ? { field, message: found, expected: 'one or more certificates, as PEM' }
    : undefined;
}

/** An encrypted key is looked into only when it is used: its passphrase need not be there before. */
function keyFlaw(
  file: string,
  directory: string,
  hasPassphrase: boolean,
  shown: X509Certificate[] | string,
): string | undefined {
  const text = textOf(file, directory);
  if (text.flaw !== undefined) return text.flaw;
  const path = pathOf(file, directory);
  if (/ENCRYPTED/.test(text.content)) {
    return hasPassphrase ? undefined : `names ${path}, which is encrypted, but there is no key_passphrase`;
  }
  try {
    const key = createPrivateKey(text.content);
    const [own] = typeof shown === 'string' ? [] : shown;
    return own && !own.checkPrivateKey(key) ? `names ${path}, which is not the key of cert_file` : undefined;
  } catch {
    return `names ${path}, which holds no private key`;
  }
}

function textOf(file: string, directory: string): { content: string; flaw?: undefined } | { flaw: string } {
  const path = pathOf(file, directory);
  try {
    return { content: readFileSync(path, 'utf8') };
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : "can't be read";
    return { flaw: `names ${path}, which ${why}` };
  }
}

function pathOf(file: string, directory: string): string {
  return isAbsolute(file) ? file : resolve(directory, file);
}
