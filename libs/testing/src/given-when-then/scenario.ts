import type { AccountName, CustomerView, DeadLetterView, Events, RunningSystem } from './running-system';
import { shuffled } from './shuffled';

type Check = (before: Recorded) => Promise<void>;
type Recorded = ReadonlyMap<string, CustomerView | undefined>;

/**
 * One business story on a running installation: what was there, what happened, what must be seen then.
 *
 *   await given(installation, past).when(sale).redelivered(3).inAnyOrder(7).thenCustomer(account, (view) => …)
 *
 * It runs when it is awaited, so a forgotten `await` is a floating promise and lint finds it.
 */
export class Scenario implements PromiseLike<void> {
  private readonly happening: Events[] = [];
  private readonly checks: Check[] = [];
  private readonly watched: AccountName[] = [];
  private copies = 1;
  private seed: number | undefined;

  constructor(
    private readonly system: RunningSystem,
    private readonly past: readonly Events[],
  ) {}

  /** What happens. Several systems' events come one after another. */
  when(...events: Events[]): this {
    this.happening.push(...events);
    return this;
  }

  /** Every event of `when` comes this many times. */
  redelivered(times: number): this {
    this.copies = times;
    return this;
  }

  /** The events of `when` come in an order of their own, the same for the same seed. */
  inAnyOrder(seed: number): this {
    this.seed = seed;
    return this;
  }

  /** What the customer of an account must look like afterwards. `before` is its view from before. */
  thenCustomer(account: AccountName, check: (view: CustomerView, before: CustomerView | undefined) => void): this {
    this.watched.push(account);
    this.checks.push(async (before) => {
      const view = await customerOf(this.system, account);
      if (!view) throw new Error(`no customer has the account ${nameOf(account)}`);
      check(view, before.get(nameOf(account)));
    });
    return this;
  }

  /** What the id that the customer of an account had before answers now. */
  thenFormerCustomer(account: AccountName, check: (view: CustomerView, before: CustomerView) => void): this {
    this.watched.push(account);
    this.checks.push(async (views) => {
      const before = views.get(nameOf(account));
      if (!before) throw new Error(`no customer had the account ${nameOf(account)}`);
      check(await this.system.get<CustomerView>(`/customers/${before.id}`), before);
    });
    return this;
  }

  /** A resource of the customer of an account, such as `orders`. */
  thenOfCustomer<T>(account: AccountName, resource: string, check: (answer: T) => void): this {
    this.checks.push(async () => {
      const owner = await customerOf(this.system, account);
      if (!owner) throw new Error(`no customer has the account ${nameOf(account)}`);
      check(await this.system.get<T>(`/customers/${owner.id}/${resource}`));
    });
    return this;
  }

  /** Any resource of the API. */
  thenAnswer<T>(path: string, check: (answer: T) => void): this {
    this.checks.push(async () => check(await this.system.get<T>(path)));
    return this;
  }

  /** The dead letters, the newest first. */
  thenDeadLetters(check: (letters: DeadLetterView[]) => void): this {
    return this.thenAnswer<{ items: DeadLetterView[] }>('/dead-letters', ({ items }) => check(items));
  }

  /** The customer of an account is exactly as before, its version too. */
  thenNothingChanges(account: AccountName): this {
    return this.thenCustomer(account, (view, before) => expect(view).toEqual(before));
  }

  then<A = void, B = never>(
    done?: ((value: void) => A | PromiseLike<A>) | null,
    failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.run().then(done, failed);
  }

  private async run(): Promise<void> {
    if (this.past.length > 0) await this.feed(this.past, 1, undefined);
    const before = new Map<string, CustomerView | undefined>();
    for (const account of this.watched) before.set(nameOf(account), await customerOf(this.system, account));
    await this.feed(this.happening, this.copies, this.seed);
    for (const check of this.checks) await check(before);
  }

  private async feed(events: readonly Events[], copies: number, seed: number | undefined): Promise<void> {
    for (const { system, lines } of events) {
      const repeated = Array.from({ length: copies }, () => lines).flat();
      await this.system.feed(system, seed === undefined ? repeated : shuffled(repeated, seed));
    }
    await this.system.caughtUp();
  }
}

/** Starts a scenario: the events that came before it, in their order. */
export function given(system: RunningSystem, ...past: Events[]): Scenario {
  return new Scenario(system, past);
}

/** The view of the customer that has an account, or nothing when none has. */
async function customerOf(system: RunningSystem, { system: name, key }: AccountName) {
  const owner = await system.get<{ customer_id: string }>(`/accounts/${name}/${key}`).catch(noneWhen404);
  return owner && system.get<CustomerView>(`/customers/${owner.customer_id}`);
}

function noneWhen404(error: unknown): undefined {
  if (error instanceof Error && error.message.includes('ACCOUNT_NOT_FOUND')) return undefined;
  throw error;
}

function nameOf({ system, key }: AccountName): string {
  return `${system}/${key}`;
}
