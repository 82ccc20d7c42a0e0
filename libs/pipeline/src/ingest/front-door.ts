import { createHash } from 'node:crypto';
import { SynclineError } from '@syncline/model';
import type { Clock } from '../shared/clock';
import type { EventLog, LogMessage, TopicMessages } from '../shared/event-log.port';
import { backlogOf, type ReadingGroup } from '../shared/group-backlog';
import { NO_METRICS, type StageMetrics } from '../shared/stage-metrics.port';
import { TOPICS } from '../shared/topics';
import { deadLetterMessages, deadLetterOf } from './dead-letters';
import { parseEventLine, type EventLine } from './event-line';
import { ingestError } from './errors';
import type { DeadLetter, DeadLetterStore } from './ingest-store.port';
import { isHeartbeat, type IngestSystem, type SourceRegistry } from './source-registry';

/** How far the stages may be behind before the front door takes no more. */
export interface LagBound {
  /** Groups whose lag counts, with the topics that they read. */
  groups: readonly ReadingGroup[];
  /** Messages. */
  most: number;
}

export interface FrontDoorParts {
  log: EventLog;
  deadLetters: DeadLetterStore;
  sources: SourceRegistry;
  clock: Clock;
  lag?: LagBound;
  metrics?: StageMetrics;
}

/** What became of the lines of one call. */
export interface FrontDoorCounts {
  /** Appended to their topics. */
  accepted: number;
  /** Of tables that the mapping ignores. */
  ignored: number;
  /** In the dead letters. */
  failed: number;
}

const LAG_CHECK_MS = 250;
const SPARE_PARTITION = -1;

/** Takes change events from files and HTTP to the source topics, where they join those of the connectors. */
export class FrontDoor {
  private readonly metrics: StageMetrics;
  private checkedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: FrontDoorParts) {
    this.metrics = parts.metrics ?? NO_METRICS;
  }

  /**
   * Takes lines `{"topic","key","value"}` of one system. What it took is durable when it resolves; a line that is
   * no event of the system is a dead letter and stops nothing.
   * @throws SynclineError SYSTEM_NOT_FOUND; INGEST_BEHIND when the stages are too far behind: nothing was taken
   */
  async accept(system: string, lines: readonly Buffer[]): Promise<FrontDoorCounts> {
    const source = this.parts.sources.ofSystem(system);
    if (!source)
      throw refusal(
        'SYSTEM_NOT_FOUND',
        'request',
        'no system has this name',
        'Systems are described in config/systems/.',
      );
    await this.refuseWhenBehind();
    const counts: FrontDoorCounts = { accepted: 0, ignored: 0, failed: 0 };
    const topics = new Map<string, LogMessage[]>();
    const letters: DeadLetter[] = [];
    for (const line of lines) {
      if (line.length === 0) continue;
      const letter = this.sort(line, source, topics, counts);
      if (letter) letters.push(letter);
    }
    counts.failed = letters.length;
    await this.write(topics, letters);
    this.report(system, counts);
    return counts;
  }

  /** Puts a line to its topic's messages; gives its letter when it belongs nowhere. */
  private sort(
    line: Buffer,
    source: IngestSystem,
    topics: Map<string, LogMessage[]>,
    counts: FrontDoorCounts,
  ): DeadLetter | undefined {
    try {
      const event = parseEventLine(line);
      if (this.coverage(event, source) === 'ignored') counts.ignored += 1;
      else {
        const { topic, ...message } = event;
        const messages = topics.get(topic) ?? [];
        messages.push({ ...message, timestamp: this.parts.clock.now() });
        topics.set(topic, messages);
        counts.accepted += 1;
      }
      return undefined;
    } catch (error) {
      if (!(error instanceof SynclineError)) throw error;
      return this.letter(line, source, error);
    }
  }

  private coverage({ topic }: EventLine, { system, mapping }: IngestSystem): 'mapped' | 'ignored' {
    if (isHeartbeat(topic)) return 'ignored';
    if (!topic.startsWith(system.topicPrefix))
      throw ingestError('INGEST_TOPIC_FOREIGN', `the topic does not begin with ${system.topicPrefix}`);
    const coverage = mapping.covers(topic.slice(system.topicPrefix.length));
    if (coverage === 'unknown')
      throw ingestError('INGEST_TOPIC_UNKNOWN', `the mapping ${mapping.id} neither maps nor ignores the topic`);
    return coverage;
  }

  /** A line without a place in a log: its id comes from its content, so that sending it again makes no second one. */
  private letter(line: Buffer, { system, mapping }: IngestSystem, error: SynclineError): DeadLetter {
    const event = eventOf(line);
    const placed = {
      key: event?.key ?? null,
      value: event ? event.value : line,
      headers: event?.headers,
      topic: event?.topic ?? `${system.topicPrefix}?`,
      timestamp: this.parts.clock.now(),
      partition: SPARE_PARTITION,
      offset: SPARE_PARTITION,
      system: system.name,
      mapping: mapping.id,
    };
    const digest = createHash('sha256').update(line).digest('hex').slice(0, 32);
    // It stands in no log and overtakes nobody: it parks nothing.
    return {
      ...deadLetterOf(placed, error, this.parts.clock.now(), `front-door/${system.name}/${digest}`),
      parkingKey: null,
    };
  }

  private async write(topics: Map<string, LogMessage[]>, letters: DeadLetter[]): Promise<void> {
    if (letters.length > 0) await this.parts.deadLetters.save(letters);
    const batches: TopicMessages[] = [...topics].map(([topic, messages]) => ({ topic, messages }));
    if (letters.length > 0)
      batches.push({
        topic: TOPICS.deadLetters,
        messages: deadLetterMessages('opened', letters, this.parts.clock.now()),
      });
    if (batches.length > 0) await this.parts.log.append(batches);
  }

  private async refuseWhenBehind(): Promise<void> {
    const { lag, clock, log } = this.parts;
    if (!lag || clock.elapsed() - this.checkedAt < LAG_CHECK_MS) return;
    const behind = await backlogOf(log, lag.groups);
    if (behind > lag.most)
      throw refusal(
        'INGEST_BEHIND',
        'transient',
        `the stages are ${behind} messages behind, ${lag.most} are allowed`,
        'Wait as long as Retry-After says, then send again.',
      );
    this.checkedAt = clock.elapsed();
  }

  private report(system: string, { accepted, ignored, failed }: FrontDoorCounts): void {
    const outcomes = Object.entries({ accepted, ignored, failed });
    for (const [outcome, n] of outcomes)
      if (n > 0) this.metrics.count('syncline_front_door_events_total', { system, outcome }, n);
  }
}

/** What the caller can't have; the API's catalogue of errors describes both codes. */
function refusal(
  code: 'SYSTEM_NOT_FOUND' | 'INGEST_BEHIND',
  kind: 'request' | 'transient',
  message: string,
  advice: string,
): SynclineError {
  return new SynclineError({ code, kind, message, advice });
}

function eventOf(line: Buffer): EventLine | undefined {
  try {
    return parseEventLine(line);
  } catch {
    return undefined;
  }
}
