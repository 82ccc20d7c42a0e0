import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Stopwatch, type BenchCase } from '../bench-case';
import { benchConfiguration, startRole, withEmbeddedLog } from '../bench-installation';
import { ACCOUNT_TABLES, accountChunks } from './accounts-messages';
import { caughtUp } from './pipeline';
import { sourcePrefix } from './workload-messages';

/** Puts generated accounts into a new embedded log, in a process of its own; not a measurement. */
export const fillAccounts: BenchCase = async ({ folder, events: accounts, run }) => {
  const installation = join(folder, 'accounts');
  rmSync(installation, { recursive: true, force: true });
  mkdirSync(join(installation, 'data'), { recursive: true });
  return withEmbeddedLog(
    installation,
    run,
    async (log) => {
      const watch = new Stopwatch().start();
      for (const batches of accountChunks(accounts, sourcePrefix(run))) await log.append(batches);
      return { events: accounts, ...watch.stop() };
    },
    ACCOUNT_TABLES,
  );
};

/** The whole embedded profile loads the accounts and matches them: ingest, reconcile, and a first rating of each. */
export const accountsEmbedded: BenchCase = async ({ folder, events: accounts, run }) => {
  const config = benchConfiguration(join(folder, 'accounts'), run);
  const running = await startRole('standalone', config);
  const watch = new Stopwatch().start();
  await caughtUp([running], 25);
  const time = watch.stop();
  await check(running.context.engine.store.dialect.reader, accounts);
  await running.stop();
  return { events: accounts, ...time };
};

interface Reader {
  query<R>(sql: string): Promise<R[]>;
}

/** Each account is there, some of them united, and there is no dead letter. */
async function check(reader: Reader, accounts: number): Promise<void> {
  const count = async (from: string): Promise<number> =>
    Number((await reader.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${from}`))[0]?.n);
  const found = {
    accounts: await count('account'),
    customers: await count("customer WHERE status = 'active'"),
    deadLetters: await count('dead_letter'),
  };
  if (found.accounts !== accounts || found.deadLetters !== 0 || found.customers > accounts * 0.8)
    throw new Error(`the result is wrong: ${JSON.stringify(found)} of ${accounts} accounts`);
}
