import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import { Client } from 'pg';
import type { Services } from './installation';

/** A database of its own on the test server, and the broker and queue that test/services started, emptied. */
export async function freshServices(): Promise<Services & { drop(): Promise<void> }> {
  await emptyKafka(required('SYNCLINE_TEST_KAFKA_BROKERS').split(','));
  await emptyRedis(required('SYNCLINE_TEST_REDIS_URL'));
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

/** Installations share the names of their topics and groups: what an earlier one left would be read as input. */
async function emptyKafka(brokers: string[]): Promise<void> {
  const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const { groups } = await admin.listGroups();
    const own = groups.map(({ groupId }) => groupId).filter((group) => group.startsWith('syncline.'));
    if (own.length > 0) await admin.deleteGroups(own);
    const topics = await ownTopics(admin);
    if (topics.length > 0) await admin.deleteTopics({ topics });
    // A broker may know them for a moment longer, and would tell the next installation that they are there.
    while ((await ownTopics(admin)).length > 0) await pause(50);
  } finally {
    await admin.disconnect();
  }
}

async function ownTopics(admin: Admin): Promise<string[]> {
  return (await admin.listTopics()).filter((topic) => /^(syncline|\w+\.public)\./.test(topic));
}

async function emptyRedis(url: string): Promise<void> {
  const redis = new Redis(url);
  await redis.flushdb();
  await redis.quit();
}
