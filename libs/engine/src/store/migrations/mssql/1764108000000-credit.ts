import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What ratings leave behind for later days, what people decided otherwise, and the policies that there were. */
const CREATE = [
  `CREATE TABLE "credit_standing" (
    "customer_id" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "as_of" varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "body" nvarchar(max) NOT NULL,
    CONSTRAINT pk_credit_standing PRIMARY KEY CLUSTERED ("customer_id", "as_of")
  )`,
  `CREATE TABLE "credit_override" (
    "id" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "customer_id" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "kind" nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "status" nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "valid_from" varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "valid_to" varchar(10) COLLATE Latin1_General_100_BIN2 NULL,
    "proposed_at" varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "body" nvarchar(max) NOT NULL,
    CONSTRAINT pk_credit_override PRIMARY KEY CLUSTERED ("id")
  )`,
  `CREATE TABLE "credit_policy" (
    "digest" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "policy" nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "policy_version" int NOT NULL,
    "effective_from" varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "status" nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "registered_at" varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "body" nvarchar(max) NOT NULL,
    CONSTRAINT pk_credit_policy PRIMARY KEY CLUSTERED ("digest")
  )`,
  `CREATE INDEX ix_credit_override_customer ON "credit_override" ("customer_id", "status")`,
  `CREATE INDEX ix_credit_override_status ON "credit_override" ("status", "proposed_at")`,
];

const DROP = ['DROP TABLE "credit_policy"', 'DROP TABLE "credit_override"', 'DROP TABLE "credit_standing"'];

export class MssqlCredit1764108000000 implements MigrationInterface {
  readonly name = 'MssqlCredit1764108000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DROP) await runner.query(statement);
  }
}
