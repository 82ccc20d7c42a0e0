import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What ratings leave behind for later days, what people decided otherwise, and the policies that there were. */
const CREATE = [
  `CREATE TABLE "credit_standing" (
    "customer_id" text COLLATE "C" NOT NULL,
    "as_of" text COLLATE "C" NOT NULL,
    "body" text NOT NULL,
    PRIMARY KEY ("customer_id", "as_of")
  )`,
  `CREATE TABLE "credit_override" (
    "id" text COLLATE "C" NOT NULL,
    "customer_id" text COLLATE "C" NOT NULL,
    "kind" text COLLATE "C" NOT NULL,
    "status" text COLLATE "C" NOT NULL,
    "valid_from" text COLLATE "C" NOT NULL,
    "valid_to" text COLLATE "C",
    "proposed_at" text COLLATE "C" NOT NULL,
    "body" text NOT NULL,
    PRIMARY KEY ("id")
  )`,
  `CREATE TABLE "credit_policy" (
    "digest" text COLLATE "C" NOT NULL,
    "policy" text COLLATE "C" NOT NULL,
    "policy_version" integer NOT NULL,
    "effective_from" text COLLATE "C" NOT NULL,
    "status" text COLLATE "C" NOT NULL,
    "registered_at" text COLLATE "C" NOT NULL,
    "body" text NOT NULL,
    PRIMARY KEY ("digest")
  )`,
  `CREATE INDEX ix_credit_override_customer ON "credit_override" ("customer_id", "status")`,
  `CREATE INDEX ix_credit_override_status ON "credit_override" ("status", "proposed_at")`,
];

const DROP = ['DROP TABLE "credit_policy"', 'DROP TABLE "credit_override"', 'DROP TABLE "credit_standing"'];

export class PostgresCredit1764108000000 implements MigrationInterface {
  readonly name = 'PostgresCredit1764108000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DROP) await runner.query(statement);
  }
}
