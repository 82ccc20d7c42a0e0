import type { Instant, SourceRecord } from '@syncline/model';
import type { EventLog, LogMessage, TopicMessages } from '../shared/event-log.port';
import { TOPICS } from '../shared/topics';
import { deadLetterMessages } from './dead-letters';
import { mapMessage } from './map-message';
import type { DeadLetter, DeadLetterStore } from './ingest-store.port';
import { replayMessage } from './replay-message';
import type { SourceRegistry } from './source-registry';

export interface ReplayRequest {
  ids?: string[];
  /** All open letters of the key, in their order. */
  parkingKey?: string;
  /** Changes nothing; says what would come out with the mapping of today. */
  dryRun: boolean;
  at: Instant;
}

/** What a replay does, or would do, with one letter. */
export interface LetterReplay {
  id: string;
  outcome: 'replayed' | 'would_succeed' | 'would_fail' | 'skipped';
  /** Of a dry run: how many records would come out. */
  records?: number;
  /** Of a dry run: those records. They hold business data: show them only to who may see it. */
  preview?: SourceRecord[];
  code?: string;
  message?: string;
}

export interface ReplayParts {
  log: EventLog;
  deadLetters: DeadLetterStore;
  /** Without it (a process that has no mappings) a dry run says nothing of the records. */
  sources?: SourceRegistry;
}

/** Brings dead letters back, or gives them up. */
export class ReplayDeadLetters {
  constructor(private readonly parts: ReplayParts) {}

  async replay({ ids, parkingKey, dryRun, at }: ReplayRequest): Promise<LetterReplay[]> {
    const letters =
      parkingKey === undefined ? await this.inOrder(ids ?? []) : await this.parts.deadLetters.ofKey(parkingKey);
    const open = letters.filter(({ status }) => status === 'open' || status === 'replaying');
    if (!dryRun) await this.send(open, at);
    const known = new Set(letters.map(({ id }) => id));
    const missing = (ids ?? [])
      .filter((id) => !known.has(id))
      .map((id): LetterReplay => ({
        id,
        outcome: 'skipped',
        code: 'INGEST_LETTER_UNKNOWN',
        message: 'there is no such dead letter',
      }));
    const results = letters.map((letter): LetterReplay => {
      if (!open.includes(letter))
        return { id: letter.id, outcome: 'skipped', code: 'INGEST_LETTER_CLOSED', message: `it is ${letter.status}` };
      return dryRun ? this.preview(letter) : { id: letter.id, outcome: 'replayed' };
    });
    return [...results, ...missing];
  }

  /** Gives letters up; their keys are free when none of theirs is left open. Resolves to those that were open. */
  async discard(ids: string[], at: Instant): Promise<string[]> {
    const open = (await this.parts.deadLetters.find(ids)).filter(
      ({ status }) => status === 'open' || status === 'replaying',
    );
    if (open.length === 0) return [];
    await this.parts.log.append([
      { topic: TOPICS.deadLetters, messages: deadLetterMessages('discarded', open, Date.parse(at)) },
    ]);
    await this.parts.deadLetters.setStatus(
      open.map(({ id }) => id),
      'discarded',
      at,
    );
    return open.map(({ id }) => id);
  }

  private async inOrder(ids: string[]): Promise<DeadLetter[]> {
    const letters = await this.parts.deadLetters.find(ids);
    return letters.sort((a, b) => a.topic.localeCompare(b.topic) || a.partition - b.partition || a.offset - b.offset);
  }

  /**
   * Letters of ingest go through the replay topic, which keeps their first place; those of later stages go back to
   * the topic of that stage and, should they fail again, are a new letter there.
   */
  private async send(letters: DeadLetter[], at: Instant): Promise<void> {
    if (letters.length === 0) return;
    const own = letters.filter(({ stage }) => stage === 'ingest');
    const later = letters.filter(({ stage }) => stage !== 'ingest');
    const now = Date.parse(at);
    const facts = deadLetterMessages('resolved', later, now);
    const batches = [
      { topic: TOPICS.replays, messages: own.map((letter) => replayMessage(letter, now)) },
      ...byTopic(later, now),
      { topic: TOPICS.deadLetters, messages: facts },
    ];
    await this.parts.log.append(batches.filter(({ messages }) => messages.length > 0));
    await this.parts.deadLetters.setStatus(
      own.map(({ id }) => id),
      'replaying',
      at,
    );
    await this.parts.deadLetters.setStatus(
      later.map(({ id }) => id),
      'resolved',
      at,
    );
  }

  private preview(letter: DeadLetter): LetterReplay {
    const { id, topic, partition, offset, key, value, headers } = letter;
    const source = letter.stage === 'ingest' ? this.parts.sources?.ofTopic(topic) : undefined;
    if (!source) return { id, outcome: 'would_succeed', message: 'it would be handled again' };
    const mapped = mapMessage({ topic, partition, offset, key, value, headers }, source);
    if (mapped.outcome === 'failed')
      return { id, outcome: 'would_fail', code: mapped.error.code, message: mapped.error.message };
    const records = mapped.outcome === 'records' ? mapped.records : [];
    return { id, outcome: 'would_succeed', records: records.length, preview: records };
  }
}

function byTopic(letters: DeadLetter[], timestamp: number): TopicMessages[] {
  const topics = new Map<string, LogMessage[]>();
  for (const { topic, key, value, headers } of letters) {
    const messages = topics.get(topic) ?? [];
    messages.push({ key, value, headers, timestamp });
    topics.set(topic, messages);
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}
