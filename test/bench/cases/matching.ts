import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  compileMatching,
  matchingOf,
  type MatchingModel,
  type MatchRecord,
  type PreparedRecord,
} from '@syncline/identity';
import { accountsWorkload } from '../accounts-workload';
import { Stopwatch, type BenchCase } from '../bench-case';

const SEED = 11;
/** Accounts at the end whose cost is what one more account costs. */
const LAST = 5_000;

/**
 * The matching alone, account by account as they come: prepared, met with the accounts of its blocks, compared. What
 * was prepared stays in memory, and there is no store.
 */
export const matching: BenchCase = ({ events: accounts }) => {
  const path = join('config', 'matching.yaml');
  const model = compileMatching(matchingOf(readFileSync(path, 'utf8'), path));
  const stream = new MatchStream(model);
  const all = new Stopwatch().start();
  const last = new Stopwatch();
  let before = 0;
  let at = 0;
  for (const { id, attributes } of accountsWorkload({ accounts, seed: SEED })) {
    if (at++ === accounts - LAST) {
      before = stream.compared;
      last.start();
    }
    stream.add({ ref: `crm/${id}`, kind: 'organisation', attributes });
  }
  const share = Math.min(accounts, LAST);
  return Promise.resolve({
    events: accounts,
    ...all.stop(),
    matching: {
      compared: stream.compared,
      matches: stream.matches,
      blocksTooLarge: stream.blocksTooLarge,
      prepareSeconds: stream.preparing.stop().cpuSeconds,
      compareSeconds: stream.comparing.stop().cpuSeconds,
      lastCompared: (stream.compared - before) / share,
      lastMicroseconds: (last.stop().cpuSeconds * 1e6) / share,
    },
  });
};

class MatchStream {
  readonly preparing = new Stopwatch();
  readonly comparing = new Stopwatch();
  compared = 0;
  matches = 0;
  blocksTooLarge = 0;
  /** Key → accounts; null = too many. */
  private readonly blocks = new Map<string, PreparedRecord[] | null>();

  constructor(private readonly model: MatchingModel) {}

  add(record: MatchRecord): void {
    this.preparing.start();
    const prepared = this.model.prepare(record);
    this.preparing.stop();
    const others = this.meet(prepared);
    this.comparing.start();
    for (const other of others) if (this.model.compare(other, prepared).verdict === 'match') this.matches++;
    this.comparing.stop();
    this.compared += others.size;
  }

  private meet(prepared: PreparedRecord): Set<PreparedRecord> {
    const others = new Set<PreparedRecord>();
    for (const key of prepared.blockingKeys) {
      const block = this.blocks.get(key);
      if (block === undefined) this.blocks.set(key, [prepared]);
      if (!block) continue;
      if (block.length < this.model.maxBlockSize) {
        for (const other of block) others.add(other);
        block.push(prepared);
      } else {
        this.blocks.set(key, null);
        this.blocksTooLarge++;
      }
    }
    return others;
  }
}
