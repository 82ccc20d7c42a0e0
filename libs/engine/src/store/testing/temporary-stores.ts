import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createStore, type Store } from '../create-store';
import { MSSQL_MIGRATIONS } from '../migrations/mssql';
import * as tables from '../schema/tables';
import type { SqliteDriverName } from '../dialect/sqlite/sqlite-driver';

interface TemporaryStore {
  stores: Store;
  close(): Promise<void>;
}

/** libsql unless SYNCLINE_SQLITE_DRIVER names the other driver. */
export const testedDriver = (process.env.SYNCLINE_SQLITE_DRIVER ?? 'libsql') as SqliteDriverName;

/** A store on a file of its own, removed when closed. */
export async function temporarySqliteStore(): Promise<TemporaryStore> {
  const folder = mkdtempSync(join(tmpdir(), 'syncline-store-'));
  const stores = await createStore({ kind: 'sqlite', path: join(folder, 'syncline.db'), driver: testedDriver });
  await stores.migrate();
  const close = async (): Promise<void> => {
    await stores.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { stores, close };
}

/**
 * A store in a schema of its own of the PostgreSQL that SYNCLINE_TEST_POSTGRES_URL names, made once for a suite and
 * emptied after each test.
 */
export class PostgresSuite {
  private opened: { store: Store; schema: string; url: string } | undefined;

  /** @throws Error when the variable is missing: these suites fail, they are never skipped */
  readonly factory = async (): Promise<TemporaryStore> => {
    this.opened ??= await openPostgresSuite();
    const { store } = this.opened;
    return { stores: store, close: () => emptied(store) };
  };

  async end(): Promise<void> {
    if (!this.opened) return;
    const { store, schema, url } = this.opened;
    await store.close();
    await onPostgres(url, `DROP SCHEMA ${schema} CASCADE`);
  }
}

/** A PostgreSQL store for one test, with a schema of its own that is dropped when closed. */
export async function temporaryPostgresStore(): Promise<TemporaryStore> {
  const suite = new PostgresSuite();
  const { stores } = await suite.factory();
  return { stores, close: () => suite.end() };
}

async function openPostgresSuite(): Promise<{ store: Store; schema: string; url: string }> {
  const url = process.env.SYNCLINE_TEST_POSTGRES_URL;
  if (!url) throw new Error('SYNCLINE_TEST_POSTGRES_URL is not set: it must name a PostgreSQL database for tests');
  const schema = `syncline_${randomUUID().replaceAll('-', '')}`;
  await onPostgres(url, `CREATE SCHEMA ${schema}`);
  const store = await createStore({ kind: 'postgres', url, schema });
  await store.migrate();
  return { store, schema, url };
}

/** Deletes all rows: cheaper than making the tables anew. */
async function emptied(store: Store): Promise<void> {
  const names = Object.values(tables).flatMap((table) => ('columns' in table ? [table.name] : []));
  await store.dataSource.query(names.map((name) => `DELETE FROM "${name}"`).join('; '));
}

async function onPostgres(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** The store in the SQL Server database that SYNCLINE_TEST_MSSQL_URL names; its tables are made anew. */
export async function temporaryMssqlStore(): Promise<TemporaryStore> {
  const url = process.env.SYNCLINE_TEST_MSSQL_URL;
  if (!url) throw new Error('SYNCLINE_TEST_MSSQL_URL is not set');
  const stores = await createStore({ kind: 'mssql', url });
  await stores.migrate();
  const close = async (): Promise<void> => {
    for (const _ of MSSQL_MIGRATIONS) await stores.dataSource.undoLastMigration({ transaction: 'each' });
    await stores.close();
  };
  return { stores, close };
}
