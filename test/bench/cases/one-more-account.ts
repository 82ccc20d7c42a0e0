import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createStore, type Store } from '@syncline/engine/store';
import { compileMatching, matchingOf, type MatchingModel } from '@syncline/identity';
import { compileMapping, parseMapping } from '@syncline/mapping';
import type { SourceRecord } from '@syncline/model';
import { mapMessage } from '@syncline/pipeline/ingest';
import {
  IdentityResolver,
  PreparedAccounts,
  preparedText,
  ReconcileBatch,
  reconcileRecords,
  StreamMatching,
  type AccountRow,
  type ReconcileRules,
  type ReconcileTx,
} from '@syncline/pipeline/reconcile';
import { TOPICS, type TopicMessages } from '@syncline/pipeline/shared';
import { Stopwatch, type BenchCase } from '../bench-case';
import { accountChunks } from './accounts-messages';
import { sourcePrefix } from './workload-messages';

/** Accounts that come after all others, and are measured. */
const MORE = 2_000;
/** Records of a live batch: as many as are matched at once. */
const LIVE_BATCH = 200;
const TIME = '2026-11-20T00:00:00.000Z';
const SYSTEM = {
  name: 'erp',
  title: 'ERP',
  role: 'erp',
  priority: 1,
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
} as const;

/**
 * What one more account costs reconcile when so many are there. The store is filled by reconcile itself, but for
 * comparing those accounts with each other; then accounts come in live batches: merged, joined, matched, folded,
 * committed.
 */
export const oneMoreAccount: BenchCase = async ({ folder, events: accounts, run }) => {
  const home = join(folder, 'one-more');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  const store = await createStore({ kind: 'sqlite', path: join(home, 'syncline.db') });
  await store.migrate();
  const model = matchingModel();
  const filling = new Filling(store, model);
  const map = mapperOf(run);
  const live: SourceRecord[] = [];
  for (const batches of accountChunks(accounts + MORE, sourcePrefix(run))) {
    const records = batches.flatMap(map);
    const isLive = (record: SourceRecord): boolean => accountOf(record) > accounts;
    live.push(...records.filter(isLive));
    await filling.add(records.filter((record) => !isLive(record)));
  }
  await filling.end();
  const time = await takeLive(store, model, live);
  await store.close();
  return { events: MORE, ...time };
};

async function takeLive(store: Store, model: MatchingModel, records: readonly SourceRecord[]) {
  const stage = new ReconcileBatch({
    store: store.reconcile,
    deadLetters: store.deadLetters,
    rules: rulesWith(model),
    clock: { now: () => Date.parse(TIME), elapsed: () => performance.now() },
    metrics: { count: () => undefined, gauge: () => undefined, observe: () => undefined },
    afterCommit: () => undefined,
  });
  await stage.begin();
  const watch = new Stopwatch().start();
  for (let from = 0; from < records.length; from += LIVE_BATCH) {
    const messages = records.slice(from, from + LIVE_BATCH).map((record, at) => ({
      key: null,
      value: Buffer.from(JSON.stringify(record)),
      timestamp: 0,
      offset: from + at,
    }));
    await stage.handle({ topic: TOPICS.records, partition: 0, messages });
  }
  return watch.stop();
}

/** Takes accounts in as reconcile does, but for the matching: that only notes what later accounts look for. */
class Filling {
  private readonly prepared: PreparedAccounts;
  private readonly rules = rulesWith(null);

  constructor(
    private readonly store: Store,
    private readonly model: MatchingModel,
  ) {
    this.prepared = new PreparedAccounts(model);
  }

  add(records: SourceRecord[]): Promise<void> {
    return this.store.reconcile.transactBetween(async (tx) => {
      await reconcileRecords(tx, records, this.rules, TIME);
      const keys = new Set(records.map((record) => String(accountOf(record))));
      await this.noteLooks(tx, await tx.accounts.load([...keys].map((key) => ({ system: SYSTEM.name, key }))));
    });
  }

  end(): Promise<void> {
    return this.store.reconcile.transactBetween((tx) => tx.matches.saveFingerprint(this.model.fingerprint));
  }

  private async noteLooks(tx: ReconcileTx, accounts: readonly AccountRow[]): Promise<void> {
    const looks = accounts.map((row) => ({
      account: { system: row.system, key: row.key },
      look: this.prepared.of(row)!,
    }));
    const blocks = looks.flatMap(({ account, look }) => look.blocks.map((block) => ({ account, block })));
    await tx.matches.saveBlocks(blocks, []);
    const rows = looks.map(({ account, look }) => ({ account, body: preparedText(look) }));
    await tx.matches.savePrepared(this.model.fingerprint, rows);
  }
}

function matchingModel(): MatchingModel {
  const path = join('config', 'matching.yaml');
  return compileMatching(matchingOf(readFileSync(path, 'utf8'), path));
}

function rulesWith(model: MatchingModel | null): ReconcileRules {
  return {
    currencyOf: () => SYSTEM.currency,
    crossReferences: new Map(),
    survivorship: { ruleOf: () => ({ rule: 'priority' }), priorityOf: () => SYSTEM.priority },
    identity: new IdentityResolver(() => SYSTEM.priority, new StreamMatching(model)),
  };
}

function mapperOf(run: string): (batch: TopicMessages) => SourceRecord[] {
  const file = join('config', 'mappings', 'tryton-erp.yaml');
  const { mapping } = parseMapping(readFileSync(file, 'utf8'), file);
  const system = { ...SYSTEM, topicPrefix: sourcePrefix(run) };
  const source = { system, mapping: compileMapping(mapping!, system) };
  return ({ topic, messages }) =>
    messages.flatMap(({ key, value, headers }, offset) => {
      const mapped = mapMessage({ topic, partition: 0, offset, key, value, headers }, source);
      if (mapped.outcome !== 'records') throw new Error(`a generated message is ${mapped.outcome}`);
      return mapped.records;
    });
}

/** The number of the account that a record belongs to; the first is 1. */
function accountOf({ kind, key, refs }: SourceRecord): number {
  return Number(kind === 'account' ? key : refs['account']);
}
