import type { MatchingModel } from '@syncline/identity';
import { pairText, refFrom, refOf, refText } from '../account-ref';
import type { AccountRef, AccountRow, MatchPairRow, ReconcileTx } from '../reconcile-store.port';
import { BlockChanges } from './block-changes';
import { KeptRecords } from './kept-records';
import { matchContent, PreparedAccounts, type PreparedAccount } from './prepared-accounts';

type MatchTx = Pick<ReconcileTx, 'accounts' | 'matches'>;

/**
 * When accounts are matched: at once those that look different, or all of them; or later those that look different, for
 * whom nothing is known of pairs with others until then.
 */
export type MatchWhen = 'different' | 'always' | 'later';

const SUBJECTS_AT_ONCE = 200;

export interface MatchCounts {
  /** Pairs of accounts that were compared. */
  compared?: number;
  /** Blocks that grew too large to name anybody, or shrank back. */
  crossed?: number;
  /** Accounts that were placed without similarity, because it connects too many with them. */
  leftOut?: number;
}

/**
 * Keeps the pairs of all accounts as accounts come, change and go. After each batch the pairs are those that comparing
 * all accounts at once would give: two accounts are compared when they share a block that is not too large, and a
 * block that becomes too large, or no longer is, has all of its accounts looked at again.
 */
export class StreamMatching {
  private readonly prepared: PreparedAccounts;
  private readonly kept: KeptRecords;

  /** @param model null = nothing is matched; what was found before goes */
  constructor(
    private readonly model: MatchingModel | null,
    private readonly count: (counts: MatchCounts) => void = () => undefined,
  ) {
    this.prepared = new PreparedAccounts(model);
    this.kept = new KeptRecords(this.fingerprint, this.prepared);
  }

  get isOn(): boolean {
    return this.model !== null;
  }

  private get maxBlockSize(): number {
    return this.model?.maxBlockSize ?? 0;
  }

  /** Accounts that similarity connects with too many to be evidence. */
  leftOut(accounts: number): void {
    if (accounts > 0) this.count({ leftOut: accounts });
  }

  /** Of the model by which pairs are found. */
  get fingerprint(): string {
    return this.model?.fingerprint ?? 'none';
  }

  /**
   * Brings blocks and pairs up to date and gives the accounts at both ends of the pairs that changed.
   * @param before stored rows of the changed accounts; those that look the same to the model are passed over
   */
  async rematch(
    changed: readonly AccountRow[],
    before: ReadonlyMap<string, AccountRow>,
    tx: MatchTx,
    when: MatchWhen = 'different',
  ): Promise<AccountRef[]> {
    if (!this.model && when !== 'always') return [];
    const isFresh = (account: AccountRow): boolean => looksDifferent(before.get(refText(account)), account);
    const fresh = when === 'always' ? changed : changed.filter(isFresh);
    if (when === 'later') await tx.matches.putOff(fresh.map(refOf));
    if (when === 'later' || fresh.length === 0) return [];
    const known = new Map(fresh.map((account) => [refText(account), account]));
    const prepared = this.prepareOnce(known);
    const blocks = await this.saveBlocks(fresh, prepared, tx);
    await this.kept.save(fresh, prepared, tx);
    const crossed = blocks.crossed(this.maxBlockSize);
    const again = (await tx.matches.members(crossed)).map(({ account }) => account);
    await learn(known, again, tx);
    const subjects = [...known.values()];
    const found = await this.compareWithNeighbours(subjects, known, prepared, tx);
    this.count({ compared: found.compared, crossed: crossed.length });
    return savePairs(subjects, found.pairs, tx);
  }

  private async saveBlocks(fresh: readonly AccountRow[], prepared: Prepare, tx: MatchTx): Promise<BlockChanges> {
    const stored = await tx.matches.blocksOf(fresh.map(refOf));
    const wanted = fresh.flatMap((account) =>
      (prepared(refText(account))?.blocks ?? []).map((block) => ({ account: refOf(account), block })),
    );
    const changes = new BlockChanges(stored, wanted);
    // Sizes before the change, so that those that cross the bound are seen.
    changes.sizesBefore(await tx.matches.sizes(changes.touched(), changes.countedTo(this.maxBlockSize)));
    await tx.matches.saveBlocks(changes.added, changes.gone);
    return changes;
  }

  private async compareWithNeighbours(
    subjects: readonly AccountRow[],
    known: ReadonlyMap<string, AccountRow>,
    prepared: Prepare,
    tx: MatchTx,
  ): Promise<{ pairs: Map<string, MatchPairRow>; compared: number }> {
    const pairs = new Map<string, MatchPairRow>();
    const done = new Set<string>();
    let compared = 0;
    if (!this.model) return { pairs, compared };
    // Some at a time: together they may meet a large part of all accounts.
    for (let from = 0; from < subjects.length; from += SUBJECTS_AT_ONCE) {
      const some = subjects.slice(from, from + SUBJECTS_AT_ONCE);
      compared += await this.compareSome(some, { known, prepared, done, pairs }, tx);
    }
    return { pairs, compared };
  }

  /** @returns how many pairs were compared */
  private async compareSome(
    subjects: readonly AccountRow[],
    { known, prepared, done, pairs }: Comparing,
    tx: MatchTx,
  ): Promise<number> {
    const model = this.model!;
    const blocks = new Set(subjects.flatMap((account) => prepared(refText(account))?.blocks ?? []));
    const members = await smallBlocks([...blocks], model.maxBlockSize, tx);
    const met = await this.kept.load(
      [...members.values()].flat().filter((ref) => !known.has(refText(ref))),
      tx,
    );
    let compared = 0;
    for (const subject of subjects) {
      const ref = refText(subject);
      const one = prepared(ref);
      done.add(ref);
      for (const other of one ? neighbours(one, members) : []) {
        // Subjects that were there before have met this one.
        const two = done.has(other) ? undefined : known.has(other) ? prepared(other)?.record : met.get(other);
        if (!two) continue;
        compared++;
        const { verdict, weight } = model.compare(one!.record, two);
        if (verdict === 'distinct') continue;
        const pair = pairOf(subject, refFrom(other), weight, verdict);
        pairs.set(pairText(pair.a, pair.b), pair);
      }
    }
    return compared;
  }

  /** Each account is looked at once, however many it meets. */
  private prepareOnce(known: ReadonlyMap<string, AccountRow>): Prepare {
    const found = new Map<string, PreparedAccount | null>();
    return (ref) => {
      let prepared = found.get(ref);
      if (prepared === undefined) {
        prepared = this.prepared.of(known.get(ref)!);
        found.set(ref, prepared);
      }
      return prepared;
    };
  }
}

interface Comparing {
  /** The subjects. */
  known: ReadonlyMap<string, AccountRow>;
  prepared: Prepare;
  /** Subjects that have met all others. */
  done: Set<string>;
  /** What was found. */
  pairs: Map<string, MatchPairRow>;
}

/** What an account looks like to the model, by its ref. */
export type Prepare = (ref: string) => PreparedAccount | null;

/** Block → who is in it, of those that are not too large. */
async function smallBlocks(blocks: string[], maxSize: number, tx: MatchTx): Promise<Map<string, AccountRef[]>> {
  const sizes = await tx.matches.sizes(blocks, maxSize + 1);
  const small = blocks.filter((block) => (sizes.get(block) ?? 0) > 1 && sizes.get(block)! <= maxSize);
  const members = new Map<string, AccountRef[]>();
  for (const { block, account } of await tx.matches.members(small)) {
    const list = members.get(block);
    if (list) list.push(account);
    else members.set(block, [account]);
  }
  return members;
}

/** Replaces all pairs of the subjects by those that were found. Gives the ends of pairs that came, went or changed. */
async function savePairs(
  subjects: readonly AccountRow[],
  found: ReadonlyMap<string, MatchPairRow>,
  tx: MatchTx,
): Promise<AccountRef[]> {
  const stored = new Map(
    (await tx.matches.pairsOf(subjects.map(refOf))).map((pair) => [pairText(pair.a, pair.b), pair]),
  );
  const save = [...found].filter(([name, pair]) => !samePair(stored.get(name), pair)).map(([, pair]) => pair);
  const remove = [...stored].filter(([name]) => !found.has(name)).map(([, pair]) => pair);
  if (save.length + remove.length === 0) return [];
  await tx.matches.savePairs(save, remove);
  const ends = [...save, ...remove].flatMap(({ a, b }) => [a, b]);
  return [...new Map(ends.map((ref) => [refText(ref), ref])).values()];
}

/** Loads the accounts of `refs` that are not known. */
async function learn(known: Map<string, AccountRow>, refs: readonly AccountRef[], tx: MatchTx): Promise<void> {
  const missing = new Map(refs.filter((ref) => !known.has(refText(ref))).map((ref) => [refText(ref), ref]));
  if (missing.size === 0) return;
  for (const account of await tx.accounts.load([...missing.values()])) known.set(refText(account), account);
}

/** Everybody who shares a block, each once. */
function neighbours({ blocks }: PreparedAccount, members: ReadonlyMap<string, AccountRef[]>): Set<string> {
  const others = new Set<string>();
  for (const block of blocks) for (const member of members.get(block) ?? []) others.add(refText(member));
  return others;
}

function pairOf(x: AccountRef, y: AccountRef, weight: number, verdict: MatchPairRow['verdict']): MatchPairRow {
  const [a, b] = refText(x) < refText(y) ? [x, y] : [y, x];
  return { a: refOf(a), b: refOf(b), weight, verdict };
}

function looksDifferent(before: AccountRow | undefined, now: AccountRow): boolean {
  return before === undefined || matchContent(before) !== matchContent(now);
}

function samePair(a: MatchPairRow | undefined, b: MatchPairRow): boolean {
  return a !== undefined && a.weight === b.weight && a.verdict === b.verdict;
}
