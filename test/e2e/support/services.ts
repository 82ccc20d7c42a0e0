import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { Services } from './installation';

/** A database of its own on the test server, and the broker and queue that test/services started. */
export async function freshServices(): Promise<Services & { drop(): Promise<void> }> {
  const serverUrl = required('SYNCLINE_TEST_POSTGRES_URL');
  const name = `e2e_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    brokers: required('SYNCLINE_TEST_KAFKA_BROKERS'),
    postgresUrl: url.href,
    redisUrl: required('SYNCLINE_TEST_REDIS_URL'),
    drop: () => onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

function required(variable: string): string {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} names no service: run this through npm run test:distributed`);
  return value;
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
