import type { CreditRating, Instant } from '@syncline/model';
import {
  FURTHEST_AHEAD_MS,
  type Delivery,
  type DeliveryAttempt,
  type DeliveryStore,
  type DeliveryTx,
  type DesiredDelivery,
} from '@syncline/pipeline/deliver';
import type { OutboxWriter, TopicMessages } from '@syncline/pipeline/shared';

interface Account {
  system: string;
  customerId: string;
  key: string;
  code: string | null;
}

const FRESH = {
  attempts: 0,
  nextAttemptAt: null,
  leasedUntil: null,
  errorCode: null,
  errorClass: null,
  errorMessage: null,
} as const;

/** A DeliveryStore in memory, for tests of the deliver stage: what it was told, what it published. */
export class MemoryDeliveryStore implements DeliveryStore {
  readonly rows = new Map<string, Delivery>();
  readonly attempts: DeliveryAttempt[] = [];
  readonly published: TopicMessages[] = [];
  readonly ratings = new Map<string, CreditRating>();
  accounts: Account[] = [];

  row(target: string, accountKey: string): Delivery {
    const row = this.rows.get(`${target}/${accountKey}`);
    if (!row) throw new Error(`no delivery of ${accountKey} to ${target}`);
    return row;
  }

  async transact(_position: unknown, work: (tx: DeliveryTx) => Promise<void>): Promise<void> {
    await work({
      accountsOf: async (ids, system) =>
        this.accounts.filter((account) => account.system === system && ids.includes(account.customerId)),
      ratingVersions: async (ids) =>
        ids.flatMap((customerId) => {
          const rating = this.ratings.get(customerId);
          return rating ? [{ customerId, version: rating.version }] : [];
        }),
      desire: async (deliveries, at, scope) => this.desire(deliveries, at, scope),
      outbox: this.writer(),
    });
  }

  async claim(
    target: string,
    limit: number,
    at: Instant,
    leaseUntil: Instant,
  ): Promise<{ delivery: Delivery; rating: CreditRating }[]> {
    const due = [...this.rows.values()].filter((row) => row.target === target && isReady(row, at)).slice(0, limit);
    return due.flatMap((row) => {
      const rating = this.ratings.get(row.customerId);
      if (!rating) return [];
      const delivery: Delivery = { ...row, state: 'running', nextAttemptAt: null, leasedUntil: leaseUntil };
      this.rows.set(`${target}/${row.accountKey}`, delivery);
      return [{ delivery, rating }];
    });
  }

  async held(deliveries: Delivery[]): Promise<Delivery[]> {
    return deliveries.filter((delivery) => {
      const row = this.rows.get(`${delivery.target}/${delivery.accountKey}`);
      return row?.state === 'running' && row.leasedUntil === delivery.leasedUntil;
    });
  }

  async complete(
    deliveries: Delivery[],
    attempts: DeliveryAttempt[],
    outbox: (writer: OutboxWriter, recorded: Delivery[]) => Promise<void>,
  ): Promise<Delivery[]> {
    const recorded = await this.held(deliveries);
    const superseded = deliveries.filter((delivery) => !recorded.includes(delivery));
    for (const delivery of recorded) this.record(delivery);
    for (const delivery of superseded) this.lookAgain(delivery);
    this.attempts.push(...attempts);
    await outbox(this.writer(), recorded);
    return superseded;
  }

  private record(delivery: Delivery): void {
    const row = this.row(delivery.target, delivery.accountKey);
    const wantsMore = row.desiredVersion > delivery.desiredVersion;
    const lookAgain = delivery.state === 'confirmed' && row.nextAttemptAt !== null;
    const dueAgain: Delivery = { ...delivery, ...FRESH, desiredVersion: row.desiredVersion, state: 'due' };
    const done = { ...delivery, leasedUntil: null };
    this.rows.set(`${delivery.target}/${delivery.accountKey}`, wantsMore || lookAgain ? dueAgain : done);
  }

  /** What a worker wrote that had lost its lease may have come after a newer rating. */
  private lookAgain({ target, accountKey, updatedAt }: Delivery): void {
    const name = `${target}/${accountKey}`;
    const row = this.rows.get(name);
    if (row?.state === 'running') this.rows.set(name, { ...row, nextAttemptAt: updatedAt });
    if (row?.state === 'confirmed') this.rows.set(name, { ...row, ...FRESH, state: 'due' });
  }

  async retry(keys: { target: string; accountKey: string }[]): Promise<number> {
    for (const { target, accountKey } of keys) {
      this.rows.set(`${target}/${accountKey}`, { ...this.row(target, accountKey), ...FRESH, state: 'due' });
    }
    return keys.length;
  }

  async customersToBegin(target: string, system: string, limit: number): Promise<string[]> {
    const missing = this.accounts.filter(
      (account) =>
        account.system === system &&
        this.ratings.has(account.customerId) &&
        ![...this.rows.values()].some((row) => row.target === target && row.customerId === account.customerId),
    );
    return [...new Set(missing.map(({ customerId }) => customerId))].slice(0, limit);
  }

  async due(at: Instant): Promise<{ target: string; count: number; oldest: Instant }[]> {
    const counts = new Map<string, number>();
    for (const row of this.rows.values()) {
      if (isReady(row, at)) counts.set(row.target, (counts.get(row.target) ?? 0) + 1);
    }
    return [...counts].map(([target, count]) => ({ target, count, oldest: at }));
  }

  private desire(
    deliveries: DesiredDelivery[],
    at: Instant,
    scope: { targets: string[]; customerIds: string[] },
  ): void {
    const named = new Set(deliveries.map(({ target, accountKey }) => `${target}/${accountKey}`));
    for (const [name, row] of this.rows) {
      const inScope = scope.targets.includes(row.target) && scope.customerIds.includes(row.customerId);
      if (inScope && !named.has(name)) this.rows.delete(name);
    }
    for (const desired of deliveries) {
      const name = `${desired.target}/${desired.accountKey}`;
      const row = this.rows.get(name);
      if (row?.customerId === desired.customerId) {
        if (desired.desiredVersion <= row.desiredVersion) continue;
        const raised = { ...row, desiredVersion: desired.desiredVersion };
        this.rows.set(name, row.state === 'running' ? raised : { ...raised, ...FRESH, state: 'due' });
      } else {
        const none = { confirmedVersion: null, observed: null, confirmedAt: null };
        this.rows.set(name, { ...desired, ...FRESH, ...none, state: 'due', updatedAt: at });
      }
    }
  }

  private writer(): OutboxWriter {
    return { append: async (batches) => void this.published.push(...batches) };
  }
}

function isReady(row: Delivery, at: Instant): boolean {
  if (row.state === 'due' || row.state === 'waiting_retry') return isDueAt(row.nextAttemptAt ?? '', at);
  return row.state === 'running' && isDueAt(row.leasedUntil ?? '', at);
}

function isDueAt(readyAt: string, at: Instant): boolean {
  return readyAt <= at || Date.parse(readyAt) - Date.parse(at) > FURTHEST_AHEAD_MS;
}
