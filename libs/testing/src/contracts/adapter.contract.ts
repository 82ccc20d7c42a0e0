import type {
  Adapter,
  AdapterSession,
  AccountReference,
  CreditCommand,
  CreditValues,
  DeliveryFailure,
  WriteResult,
} from '@syncline/pipeline/deliver';

/** What a double (or a live target) can be told to do. A target leaves out what can't happen to it. */
export interface AdapterFaults {
  /** The next write is carried out and its answer lost. */
  loseAnswer?(): void;
  /** The next requests are refused as too many; `retryAfter` is the header, null = none. Called with each form once. */
  throttle?(retryAfter: string | null): void;
  /** The next write answers success and means failure. */
  failWithSuccess?(): void;
  /** The session ends. */
  expireSession?(): void;
  /** From now on no login helps. */
  refuseSessions?(): void;
  /** The target refuses every value for this account by a rule of its own. */
  refuse?(account: AccountReference): Promise<void>;
  /** Someone else changes the account. */
  changeBehind(account: AccountReference): Promise<void>;
}

export interface AdapterFixture {
  adapter: Adapter;
  config: Record<string, unknown>;
  /** Environment for `${env:…}` references; none of the values may show up anywhere. */
  secrets: Record<string, string>;
  /** Configurations that `check` has to find fault with, by what is wrong. */
  broken: Partial<Record<'secret' | 'company' | 'right', Record<string, unknown>>>;
  accounts: { first: AccountReference; second: AccountReference; duplicate?: AccountReference };
  currency: string;
  /** Two grades that the target can hold; the second is Chinese where it takes any text. */
  grades: [string, string];
  /** Holds that the target can hold and read back as such. */
  holds: readonly CreditCommand['hold'][];
  /** Whether it can hold "unlimited". */
  unlimited: boolean;
  /** What of the account no rating may touch. */
  untouched(account: AccountReference): Promise<unknown>;
  /** How many writes reached the target. */
  writes(): Promise<number>;
  /** The account's row as a change event brings it after our write. */
  changedRow(account: AccountReference): Promise<Record<string, unknown>>;
  faults: AdapterFaults;
  dispose(): Promise<void>;
}

type Failed = Extract<WriteResult, { type: 'failed' }>;

/** What can't happen to a target: its fixture leaves these out, and the tests for them aren't made. */
export type NotApplicable = Exclude<keyof AdapterFaults, 'changeBehind'> | 'company' | 'right' | 'echo';

/** What every adapter keeps. `open` gives a fresh fixture whose accounts hold no credit data yet. */
export function adapterContract(
  name: string,
  open: () => Promise<AdapterFixture>,
  without: readonly NotApplicable[] = [],
): void {
  describe(`adapter contract: ${name}`, () => {
    const itWhen = (what: NotApplicable, title: string, test: () => Promise<void>): void => {
      if (!without.includes(what)) it(title, test);
    };
    /** A fault that `without` doesn't exclude has to be in the fixture. */
    const fault = <F>(switched: F | undefined): F => {
      if (switched === undefined) throw new Error('the fixture lacks a fault that its contract names');
      return switched;
    };
    const never = new AbortController().signal;
    let fixture: AdapterFixture;
    let session: AdapterSession;
    let shown: unknown[];

    const openWith = (config: Record<string, unknown>): Promise<AdapterSession> =>
      fixture.adapter.open(config, {
        target: 'contract',
        fetch,
        secrets: {
          resolve: (text) =>
            Promise.resolve(text.replace(/\$\{env:([^}]+)\}/g, (_, key: string) => fixture.secrets[key] ?? '')),
        },
        clock: { now: () => Date.now() },
        log: { warn: (...line) => shown.push(line), debug: (...line) => shown.push(line) },
      });

    const commandFor = async (
      account: AccountReference,
      wish: Partial<CreditCommand> = {},
      by = session,
    ): Promise<CreditCommand> => {
      const [resolution] = await by.resolve([account], never);
      if (resolution?.type !== 'found') throw new Error('the fixture has no such account');
      const command: CreditCommand = {
        ...account,
        id: resolution.id,
        version: 1,
        grade: fixture.grades[0],
        termDays: 30,
        limit: '50000',
        currency: fixture.currency,
        hold: 'none',
        idempotencyKey: `contract/${account.accountKey}/1`,
        ...wish,
      };
      const [before] = await by.read([resolution.id], never);
      return { ...command, ...(before && { expected: before }), ...wish };
    };

    const writeOne = async (command: CreditCommand): Promise<WriteResult> => {
      const [result] = await session.write([command], never);
      shown.push(result);
      return result!;
    };

    const failureOf = (result: WriteResult): DeliveryFailure => {
      expect(result.type).toBe('failed');
      return (result as Failed).failure;
    };

    const readOf = async (command: CreditCommand): Promise<CreditValues | undefined> =>
      (await session.read([command.id], never))[0]?.values;

    beforeEach(async () => {
      shown = [];
      fixture = await open();
      session = await openWith(fixture.config);
    });

    afterEach(async () => {
      const seen = JSON.stringify(shown, (_, value: unknown) =>
        value instanceof Error ? { message: value.message, stack: value.stack } : value,
      );
      for (const secret of Object.values(fixture.secrets)) expect(seen).not.toContain(secret);
      await session.close();
      await fixture.dispose();
    });

    it('finds nothing wrong with a target that is set up rightly', async () => {
      const findings = await session.check(never);
      expect(findings.length).toBeGreaterThan(0);
      expect(findings.filter(({ ok }) => !ok)).toEqual([]);
    });

    const broken = (['secret', 'company', 'right'] as const).filter(
      (what) => what === 'secret' || !without.includes(what),
    );
    it.each(broken)('says so when the %s is wrong', async (what) => {
      const config = fault(fixture.broken[what]);
      const session = await openWith(config);
      const findings = await session.check(never);
      shown.push(findings);
      expect(findings.some(({ ok }) => !ok)).toBe(true);
      await session.close();
    });

    it('plans without writing', async () => {
      const command = await commandFor(fixture.accounts.first);
      const [plan] = await session.plan([command], never);
      shown.push(plan);
      expect(plan?.refusal).toBeUndefined();
      expect(plan?.changes.map(({ field }) => field)).toContain('limit');
      expect(await fixture.writes()).toBe(0);
    });

    it('writes, and reads back what it wrote', async () => {
      const untouched = await fixture.untouched(fixture.accounts.first);
      const command = await commandFor(fixture.accounts.first);
      expect(await writeOne(command)).toMatchObject({ type: 'applied', verified: true });
      expect(await readOf(command)).toMatchObject({ limit: '50000' });
      expect((await session.plan([command], never))[0]?.changes).toEqual([]);
      expect(await fixture.untouched(fixture.accounts.first)).toEqual(untouched);
    });

    it('changes nothing when it is so already, and sends no write', async () => {
      await writeOne(await commandFor(fixture.accounts.first));
      const writes = await fixture.writes();
      expect(await writeOne(await commandFor(fixture.accounts.first))).toMatchObject({ type: 'unchanged' });
      expect(await fixture.writes()).toBe(writes);
    });

    itWhen('loseAnswer', 'reports an answer that was lost as ambiguous; the change is there once', async () => {
      const command = await commandFor(fixture.accounts.first);
      fault(fixture.faults.loseAnswer)();
      expect(failureOf(await writeOne(command))).toMatchObject({ type: 'retryable', ambiguous: true });
      expect((await session.plan([command], never))[0]?.changes).toEqual([]);
    });

    it('does not overwrite what someone else changed since it was read', async () => {
      const command = await commandFor(fixture.accounts.first);
      await fixture.faults.changeBehind(fixture.accounts.first);
      const behind = await readOf(command);
      expect(failureOf(await writeOne(command))).toMatchObject({ type: 'conflict' });
      expect(await readOf(command)).toEqual(behind);
      expect(await writeOne(await commandFor(fixture.accounts.first))).toMatchObject({ type: 'applied' });
    });

    itWhen('refuse', 'answers for each account of a batch, in order', async () => {
      const refuse = fault(fixture.faults.refuse);
      const commands = [await commandFor(fixture.accounts.first), await commandFor(fixture.accounts.second)];
      await refuse(fixture.accounts.first);
      const [bad, good] = await session.write(commands, never);
      expect(failureOf(bad!)).toMatchObject({ type: 'permanent' });
      if (session.capabilities.atomicity === 'batch') {
        expect(failureOf(good!)).toMatchObject({ type: 'retryable' });
        expect((await session.plan([commands[1]!], never))[0]?.changes).not.toEqual([]);
      } else {
        expect(good).toMatchObject({ type: 'applied', verified: true });
      }
    });

    const headers = [
      ['seconds', () => '7', 7_000],
      ['a date', () => new Date(Date.now() + 60_000).toUTCString(), 58_000],
      ['nothing', () => null, 0],
    ] as const;
    if (!without.includes('throttle'))
      it.each(headers)('hears when it sends too much: Retry-After says %s', async (_, header, least) => {
        const command = await commandFor(fixture.accounts.first);
        fault(fixture.faults.throttle)(header());
        const failure = failureOf(await writeOne(command));
        expect(failure).toMatchObject({ type: 'throttled' });
        const asked = failure.type === 'throttled' ? (failure.retryAfterMs ?? 0) : -1;
        expect(asked).toBeGreaterThanOrEqual(least);
        expect(asked).toBeLessThanOrEqual(least + 3_000);
      });

    itWhen('failWithSuccess', 'does not take a success that means failure for one', async () => {
      const command = await commandFor(fixture.accounts.first);
      fault(fixture.faults.failWithSuccess)();
      expect((await writeOne(command)).type).toBe('failed');
    });

    itWhen('expireSession', 'logs in again once when the session ended', async () => {
      const command = await commandFor(fixture.accounts.first);
      fault(fixture.faults.expireSession)();
      expect(await writeOne(command)).toMatchObject({ type: 'applied' });
    });

    itWhen('refuseSessions', 'does not log in again and again', async () => {
      const command = await commandFor(fixture.accounts.first);
      fault(fixture.faults.refuseSessions)();
      expect(failureOf(await writeOne(command))).toMatchObject({
        type: expect.stringMatching(/auth|throttled/) as string,
      });
    });

    it.each(['0', '0.01', '1234.5', '9999999999.99'])('holds the amount %s exactly', async (limit) => {
      const command = await commandFor(fixture.accounts.first, { limit });
      expect(await writeOne(command)).toMatchObject({ type: 'applied', verified: true });
      expect(await readOf(command)).toMatchObject({ limit });
    });

    it('tells unlimited from nothing', async () => {
      const command = await commandFor(fixture.accounts.first, { limit: null });
      if (!fixture.unlimited) {
        expect((await session.plan([command], never))[0]?.refusal).toMatchObject({ type: 'permanent', field: 'limit' });
        return;
      }
      await writeOne(await commandFor(fixture.accounts.first, { limit: '0' }));
      expect(await writeOne(await commandFor(fixture.accounts.first, { limit: null }))).toMatchObject({
        type: 'applied',
        verified: true,
      });
      expect((await readOf(command))?.limit).toBeNull();
    });

    it('refuses an amount that has more digits than the target, before writing', async () => {
      const command = await commandFor(fixture.accounts.first, { limit: '100.00001' });
      expect((await session.plan([command], never))[0]?.refusal).toMatchObject({ type: 'permanent', field: 'limit' });
      expect(failureOf(await writeOne(command))).toMatchObject({ type: 'permanent', field: 'limit' });
      expect(await fixture.writes()).toBe(0);
    });

    it('refuses a limit in another currency', async () => {
      const command = await commandFor(fixture.accounts.first, {
        currency: fixture.currency === 'USD' ? 'CNY' : 'USD',
      });
      expect((await session.plan([command], never))[0]?.refusal).toMatchObject({
        type: 'permanent',
        field: 'currency',
      });
    });

    it('holds every grade, Chinese ones too', async () => {
      for (const grade of fixture.grades) {
        await writeOne(await commandFor(fixture.accounts.first, { grade }));
        expect((await readOf(await commandFor(fixture.accounts.first)))?.grade).toBe(grade);
      }
    });

    it('holds what it says it can hold of holds', async () => {
      for (const hold of fixture.holds) {
        const command = await commandFor(fixture.accounts.first, { hold, limit: hold === 'none' ? '10' : '0' });
        expect((await writeOne(command)).type).toMatch(/applied|unchanged/);
        expect((await session.plan([command], never))[0]?.changes).toEqual([]);
      }
    });

    itWhen('echo', 'recognises its own write in the change events', async () => {
      await writeOne(await commandFor(fixture.accounts.first));
      const row = await fixture.changedRow(fixture.accounts.first);
      expect(session.ownWrite(row)).toBe(true);
      expect(session.ownWrite({})).toBe(false);
    });

    it('gives up when it is told to, with nothing written', async () => {
      const command = await commandFor(fixture.accounts.first);
      const told = new AbortController();
      told.abort();
      await expect(session.read([command.id], told.signal)).rejects.toThrow();
      const outcome = await session.write([command], told.signal).catch((error: unknown) => error);
      expect(Array.isArray(outcome) ? (outcome as WriteResult[])[0]?.type : 'rejected').toMatch(/failed|rejected/);
      expect(await fixture.writes()).toBe(0);
    });

    it('finds neither an account that is not there nor one that is there twice', async () => {
      const missing = { accountKey: '999999', accountCode: 'no-such-code' };
      expect(await session.resolve([missing, fixture.accounts.first], never)).toEqual([
        { type: 'missing' },
        expect.objectContaining({ type: 'found' }),
      ]);
      const { duplicate } = fixture.accounts;
      if (duplicate) expect(await session.resolve([duplicate], never)).toEqual([{ type: 'duplicate' }]);
      expect(await session.read(['999999'], never)).toEqual([null]);
    });

    it('shows no secret in what it says of itself', () => {
      shown.push(fixture.adapter.manifest, session.capabilities);
      expect(fixture.adapter.manifest.id).toMatch(/^[a-z][a-z0-9_-]*$/);
    });
  });
}
