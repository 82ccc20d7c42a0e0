import { setTimeout as pause } from 'node:timers/promises';
import type { Installation } from '../installation/installation';
import { lineOf } from '../workload/event';
import type { Chunk } from '../workload/transport';

const PATIENCE_MS = 90_000;
/** Longer than the longest pause of a process, so that it is not taken for a lost answer. */
const ANSWER_MS = 5_000;
const AGAIN_MS = 30;

/** Sends chunks through the front door, each until it is taken: what got no answer is sent again, and so may come twice. */
export class Feeder {
  /** Calls that were refused, or lost their answer. */
  repeated = 0;

  constructor(private readonly installation: Installation) {}

  async send(chunk: Chunk): Promise<void> {
    const body = chunk.events.map(lineOf).join('\n');
    const deadline = performance.now() + PATIENCE_MS;
    let last = '';
    while ((last = await this.try(chunk.system, body)) !== '') {
      if (performance.now() > deadline) throw new Error(`a chunk was refused for ${PATIENCE_MS / 1000} s: ${last}`);
      await pause(AGAIN_MS);
    }
  }

  /** Empty when the chunk was taken, else why not. */
  private async try(system: string, body: string): Promise<string> {
    const { url } = this.installation.api;
    if (url === undefined) return 'nobody listens';
    try {
      const authorization = `Bearer ${await this.installation.apiKey()}`;
      const response = await fetch(`${url}/ingest/${system}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/x-ndjson' },
        body,
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const text = await response.text();
      if (response.ok) return '';
      if (response.status < 500 && response.status !== 429) throw new RefusedError(`${response.status} ${text}`);
      this.repeated += 1;
      return text;
    } catch (error) {
      if (error instanceof RefusedError) throw error;
      this.repeated += 1;
      return String(error);
    }
  }
}

/** Sending it again would not help. */
class RefusedError extends Error {}
