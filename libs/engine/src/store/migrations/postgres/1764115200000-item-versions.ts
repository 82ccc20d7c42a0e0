import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was known of receivable items when. What stands in the store is known from now on. */
const CREATE = [
  `CREATE TABLE "receivable_item_version" (
    "system" text COLLATE "C" NOT NULL,
    "key" text COLLATE "C" NOT NULL,
    "known_at" text COLLATE "C" NOT NULL,
    "account_key" text COLLATE "C" NOT NULL,
    "body" text,
    PRIMARY KEY ("system", "key", "known_at")
  )`,
  `CREATE INDEX ix_receivable_item_version_account ON "receivable_item_version" ("system", "account_key")`,
  `INSERT INTO "receivable_item_version" ("system", "key", "known_at", "account_key", "body")
    SELECT "system", "key", to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), "account_key", "body" FROM "receivable_item"`,
];

export class PostgresItemVersions1764115200000 implements MigrationInterface {
  readonly name = 'PostgresItemVersions1764115200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "receivable_item_version"');
  }
}
