import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';

/** U8's own columns and types, as far as SQLite has them. Amounts stand as text: two exact decimals. */
const CUSTOMER_TABLE = `
  CREATE TABLE IF NOT EXISTS Customer (
    cCusCode nvarchar(20) NOT NULL PRIMARY KEY,
    cCusName nvarchar(98),
    cCusCreGrade nvarchar(6),
    iCusCreLine TEXT NOT NULL DEFAULT '0.00',
    iCusCreDate int,
    bCredit int NOT NULL DEFAULT 0,
    bCreditDate int NOT NULL DEFAULT 0
  )`;

/**
 * Makes the demo's target where it is missing: the customer file of a U8, with these customer codes and no credit
 * data yet. Codes that are there already keep what they have.
 * @returns how many customers were added
 */
export function seedU8DemoDatabase(path: string, codes: readonly string[]): number {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path);
  try {
    database.exec('PRAGMA busy_timeout = 5000');
    database.exec(CUSTOMER_TABLE);
    const insert = database.prepare<[string]>('INSERT INTO Customer (cCusCode) VALUES (?) ON CONFLICT DO NOTHING');
    database.exec('BEGIN IMMEDIATE');
    let added = 0;
    for (const code of codes) added += insert.run(code).changes;
    database.exec('COMMIT');
    return added;
  } finally {
    database.close();
  }
}
