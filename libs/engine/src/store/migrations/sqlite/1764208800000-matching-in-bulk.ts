import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a backlog puts off: accounts to be matched, customers to be folded. What accounts look like to the model. */
const CREATE = [
  `CREATE TABLE "match_due" (
    "system" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    PRIMARY KEY ("system", "key")
  ) WITHOUT ROWID`,
  `CREATE TABLE "customer_due" (
    "id" TEXT NOT NULL,
    PRIMARY KEY ("id")
  ) WITHOUT ROWID`,
  `CREATE TABLE "match_prepared" (
    "system" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    PRIMARY KEY ("system", "key")
  )`,
];

const DROP = ['match_prepared', 'customer_due', 'match_due'].map((table) => `DROP TABLE "${table}"`);

export class SqliteMatchingInBulk1764208800000 implements MigrationInterface {
  readonly name = 'SqliteMatchingInBulk1764208800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DROP) await runner.query(statement);
  }
}
