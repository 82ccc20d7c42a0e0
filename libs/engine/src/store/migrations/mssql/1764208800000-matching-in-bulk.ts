import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a backlog puts off: accounts to be matched, customers to be folded. What accounts look like to the model. */
const CREATE = [
  `CREATE TABLE "match_due" (
    "system" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT pk_match_due PRIMARY KEY NONCLUSTERED ("system", "key")
  )`,
  `CREATE TABLE "customer_due" (
    "id" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT pk_customer_due PRIMARY KEY ("id")
  )`,
  `CREATE TABLE "match_prepared" (
    "system" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "fingerprint" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "body" nvarchar(max) NOT NULL,
    CONSTRAINT pk_match_prepared PRIMARY KEY NONCLUSTERED ("system", "key")
  )`,
];

const DROP = ['match_prepared', 'customer_due', 'match_due'].map((table) => `DROP TABLE "${table}"`);

export class MssqlMatchingInBulk1764208800000 implements MigrationInterface {
  readonly name = 'MssqlMatchingInBulk1764208800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DROP) await runner.query(statement);
  }
}
