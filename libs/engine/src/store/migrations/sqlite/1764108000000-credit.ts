import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What ratings leave behind for later days, what people decided otherwise, and the policies that there were. */
const CREATE = [
  `CREATE TABLE "credit_standing" (
    "customer_id" TEXT NOT NULL,
    "as_of" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    PRIMARY KEY ("customer_id", "as_of")
  ) WITHOUT ROWID`,
  `CREATE TABLE "credit_override" (
    "id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "valid_from" TEXT NOT NULL,
    "valid_to" TEXT,
    "proposed_at" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    PRIMARY KEY ("id")
  )`,
  `CREATE TABLE "credit_policy" (
    "digest" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "effective_from" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "registered_at" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    PRIMARY KEY ("digest")
  )`,
  `CREATE INDEX ix_credit_override_customer ON "credit_override" ("customer_id", "status")`,
  `CREATE INDEX ix_credit_override_status ON "credit_override" ("status", "proposed_at")`,
];

const DROP = ['DROP TABLE "credit_policy"', 'DROP TABLE "credit_override"', 'DROP TABLE "credit_standing"'];

export class SqliteCredit1764108000000 implements MigrationInterface {
  readonly name = 'SqliteCredit1764108000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DROP) await runner.query(statement);
  }
}
