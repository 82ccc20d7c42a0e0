import type { TopicSpec } from '@syncline/pipeline';
import { KafkaJSTopicMetadataNotLoaded, type Admin, type ITopicConfig } from 'kafkajs';
import { logError } from '../errors';
import { isPassing, isUnknownTopic } from './kafka-errors';
import { LONG_PATIENCE, patiently, type Patience } from './kafka-patience';

/** How long a broker may take over one request to create topics. */
const CREATE_TIMEOUT_MS = 15_000;

/** The part of kafkajs' admin client that topics need. */
export type TopicAdmin = Pick<Admin, 'createTopics' | 'fetchTopicMetadata' | 'fetchTopicOffsets'>;

/**
 * How a topic is created. With three copies or more, most of them have to have a message before it counts as appended:
 * what a leader took alone would be lost with it.
 */
export function topicConfigOf({ topic, partitions, compacted }: TopicSpec, replicas: number): ITopicConfig {
  const configEntries = compacted ? [{ name: 'cleanup.policy', value: 'compact' }] : [];
  if (replicas >= 3) configEntries.push({ name: 'min.insync.replicas', value: String(Math.floor(replicas / 2) + 1) });
  return { topic, numPartitions: partitions, replicationFactor: replicas, configEntries };
}

/**
 * Creates the topics that are not there, and resolves when every partition of all of them can be used. What exists
 * stays as it is; another process may create the same topics at the same time.
 *
 * kafkajs' own `waitForLeaders` fails at the first answer that does not know the new topic yet. And a broker names a
 * partition's leader before that leader has made the partition's log: whoever appends in between has one partition
 * refused, and kafkajs appends to the others once more.
 */
export async function ensureKafkaTopics(
  admin: TopicAdmin,
  topics: ITopicConfig[],
  patience: Patience = LONG_PATIENCE,
): Promise<void> {
  if (topics.length === 0) return;
  try {
    await patiently(() => createMissing(admin, topics), patience);
  } catch (error) {
    if (!isPassing(error)) throw error;
    const names = topics.map(({ topic }) => topic).join(', ');
    const waited = `${patience.forMs / 1_000} s`;
    throw logError('LOG_UNAVAILABLE', `The brokers do not lead all of these topics after ${waited}: ${names}`, {
      cause: error,
    });
  }
}

async function createMissing(admin: TopicAdmin, topics: ITopicConfig[]): Promise<void> {
  const missing: ITopicConfig[] = [];
  for (const topic of topics) if (!(await isKnown(admin, topic.topic))) missing.push(topic);
  // False when all of them exist by now, because another process was faster: as good as created.
  if (missing.length > 0) {
    await admin.createTopics({ topics: missing, waitForLeaders: false, timeout: CREATE_TIMEOUT_MS });
  }
  for (const { topic } of topics) await requireServed(admin, topic);
}

/** Asks for one topic at a time: kafkajs turns the error of one into the answer for all. */
async function isKnown(admin: TopicAdmin, topic: string): Promise<boolean> {
  try {
    await answer(topic, () => admin.fetchTopicMetadata({ topics: [topic] }));
    return true;
  } catch (error) {
    if (isUnknownTopic(error)) return false;
    throw error;
  }
}

/** Only the leader of a partition, once it has the log, can say where that log ends. */
async function requireServed(admin: TopicAdmin, topic: string): Promise<void> {
  await answer(topic, () => admin.fetchTopicOffsets(topic));
}

/** kafkajs forgets the brokers' errors when none of them had an answer, and stumbles over having none. */
async function answer<T>(topic: string, question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new KafkaJSTopicMetadataNotLoaded(`No broker could tell of ${topic}`, { topic });
  }
}
