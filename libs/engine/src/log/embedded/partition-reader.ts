import type { LocalReader, ReceivedMessage } from '@syncline/pipeline';
import { chunkBaseOf, readChunks, type TopicState } from './chunk-table';

/** Below this count a chunk is small, and several are read with one select. */
const SMALL_CHUNK = 32;
const CHUNKS_AT_ONCE = 16;

/** Reads one partition forward. Keeps what is decoded and not yet handled, so that a chunk is decoded once. */
export class PartitionReader {
  private decoded: ReceivedMessage[] = [];
  private at = 0;
  /** Base of the next chunk to read; null = not looked up yet. */
  private nextBase: number | null = null;
  private lastCount = 0;

  constructor(
    private readonly database: LocalReader,
    readonly state: TopicState,
    readonly partition: number,
    /** The offset of the next message to handle. */
    private next: number,
  ) {}

  /** Answered from memory: an idle topic costs no select. */
  hasMore(): boolean {
    return this.next < this.state.ends[this.partition];
  }

  /** How many messages come after these. */
  after(messages: readonly ReceivedMessage[]): number {
    return this.state.ends[this.partition] - messages[messages.length - 1].offset - 1;
  }

  /** The next messages, at least one when there are any; the same again until `advance`. */
  peek(maxMessages: number): ReceivedMessage[] {
    while (this.decoded.length - this.at < maxMessages && this.readNextChunks()) continue;
    return this.decoded.slice(this.at, this.at + maxMessages);
  }

  /** Moves past `count` peeked messages and gives the offset of the next one. */
  advance(count: number): number {
    this.next = this.decoded[this.at + count - 1].offset + 1;
    this.at += count;
    if (this.at === this.decoded.length) {
      this.decoded = [];
      this.at = 0;
    }
    return this.next;
  }

  private readNextChunks(): boolean {
    const { id: topicId, ends } = this.state;
    this.nextBase ??= chunkBaseOf(this.database, topicId, this.partition, this.next);
    if (this.nextBase >= ends[this.partition]) return false;
    const limit = this.lastCount > 0 && this.lastCount < SMALL_CHUNK ? CHUNKS_AT_ONCE : 1;
    const chunks = readChunks(this.database, { topicId, partition: this.partition, base: this.nextBase, limit });
    if (chunks.length === 0) return false;
    const read = chunks.flat().filter((message) => message.offset >= this.next);
    this.lastCount = chunks[chunks.length - 1].length;
    this.nextBase = read[read.length - 1].offset + 1;
    this.decoded = this.at === this.decoded.length ? read : this.decoded.slice(this.at).concat(read);
    this.at = 0;
    return true;
  }
}
