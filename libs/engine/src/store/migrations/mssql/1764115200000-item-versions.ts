import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was known of receivable items when. What stands in the store is known from now on. */
const CREATE = [
  `CREATE TABLE "receivable_item_version" (
    "system" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "known_at" varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "account_key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "body" nvarchar(max) NULL,
    CONSTRAINT pk_receivable_item_version PRIMARY KEY CLUSTERED ("system", "key", "known_at")
  )`,
  `CREATE INDEX ix_receivable_item_version_account ON "receivable_item_version" ("system", "account_key")`,
  `INSERT INTO "receivable_item_version" ("system", "key", "known_at", "account_key", "body")
    SELECT "system", "key", CONVERT(varchar(23), SYSUTCDATETIME(), 126) + 'Z', "account_key", "body" FROM "receivable_item"`,
];

export class MssqlItemVersions1764115200000 implements MigrationInterface {
  readonly name = 'MssqlItemVersions1764115200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "receivable_item_version"');
  }
}
