import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Paths of what test/services makes: an authority, a server's and a client's certificate, and a strange authority. */
export interface Certificates {
  ca: string;
  otherCa: string;
  serverCert: string;
  serverKey: string;
  clientCert: string;
  clientKey: string;
}

export interface Login {
  username: string;
  password: string;
}

interface Stoppable {
  stop(): Promise<void>;
}

interface Library {
  makeCertificates(folder: string): Promise<Certificates>;
  startSecuredKafka(certificates: Certificates, login: Login): Promise<Stoppable & { scram: string; mutual: string }>;
  startSecuredRedis(certificates: Certificates, login: Login): Promise<Stoppable & { port: number }>;
  startPostgres(
    settings: string[],
    certificates: Certificates,
  ): Promise<Stoppable & { url(database: string): string; create(database: string): Promise<void> }>;
}

/** Certificates of one test, made by openssl, and their removal. */
export async function newCertificates(): Promise<Certificates & { remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'syncline-certificates-'));
  const { makeCertificates } = await library('certificates');
  return { ...(await makeCertificates(folder)), remove: () => rmSync(folder, { recursive: true }) };
}

/** A part of test/services, whose JavaScript starts the servers. */
export async function library(name: 'certificates' | 'kafka-secured' | 'redis' | 'postgres'): Promise<Library> {
  return (await import(join(process.cwd(), 'test', 'services', 'lib', `${name}.mjs`))) as Library;
}
