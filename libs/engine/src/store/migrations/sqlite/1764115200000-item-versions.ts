import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was known of receivable items when. What stands in the store is known from now on. */
const CREATE = [
  `CREATE TABLE "receivable_item_version" (
    "system" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "known_at" TEXT NOT NULL,
    "account_key" TEXT NOT NULL,
    "body" TEXT,
    PRIMARY KEY ("system", "key", "known_at")
  )`,
  `CREATE INDEX ix_receivable_item_version_account ON "receivable_item_version" ("system", "account_key")`,
  `INSERT INTO "receivable_item_version" ("system", "key", "known_at", "account_key", "body")
    SELECT "system", "key", strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), "account_key", "body" FROM "receivable_item"`,
];

export class SqliteItemVersions1764115200000 implements MigrationInterface {
  readonly name = 'SqliteItemVersions1764115200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "receivable_item_version"');
  }
}
