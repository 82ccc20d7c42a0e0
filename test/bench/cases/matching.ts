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
/** Accounts at the end that are compared with all they meet: what one more account costs. */
const LAST = 5_000;

/**
 * The matching alone, account by account as they come: prepared and met with the accounts of its blocks; the last ones
 * are compared, too. What was prepared stays in memory, and there is no store.
 */
export const matching: BenchCase = ({ events: accounts }) => {
  const path = join('config', 'matching.yaml');
  const model = compileMatching(matchingOf(readFileSync(path, 'utf8'), path));
  const stream = new MatchStream(model);
  const all = new Stopwatch().start();
  const last = new Stopwatch();
  const comparing = new Stopwatch();
  let [at, matches, lastMet] = [0, 0, 0];
  for (const { id, attributes } of accountsWorkload({ accounts, seed: SEED })) {
    const isLast = at++ >= accounts - LAST;
    if (isLast) last.start();
    const { prepared, others } = stream.add({ ref: `crm/${id}`, kind: 'organisation', attributes });
    if (!isLast) continue;
    comparing.start();
    for (const other of others) if (model.compare(other, prepared).verdict === 'match') matches++;
    comparing.stop();
    lastMet += others.size;
  }
  const share = Math.min(accounts, LAST);
  return Promise.resolve({
    events: accounts,
    ...all.stop(),
    matching: {
      met: stream.met,
      blocksTooLarge: stream.blocksTooLarge,
      prepareSeconds: stream.preparing.stop().cpuSeconds,
      last: {
        accounts: share,
        met: lastMet,
        matches,
        seconds: last.stop().cpuSeconds,
        compareSeconds: comparing.stop().cpuSeconds,
      },
    },
  });
};

class MatchStream {
  readonly preparing = new Stopwatch();
  /** Pairs. */
  met = 0;
  blocksTooLarge = 0;
  /** Key → accounts; null = too many. */
  private readonly blocks = new Map<string, PreparedRecord[] | null>();

  constructor(private readonly model: MatchingModel) {}

  add(record: MatchRecord): { prepared: PreparedRecord; others: Set<PreparedRecord> } {
    this.preparing.start();
    const prepared = this.model.prepare(record);
    this.preparing.stop();
    const others = this.meet(prepared);
    this.met += others.size;
    return { prepared, others };
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
