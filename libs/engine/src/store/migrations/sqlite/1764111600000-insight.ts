import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the daily evaluation of all customers found, what people decided on their class, and the runs. */
const CREATE = [
  `CREATE TABLE "customer_insight" (
    "customer_id" TEXT NOT NULL,
    "as_of" TEXT NOT NULL,
    "value_score" TEXT,
    "value_level" TEXT,
    "stage" TEXT NOT NULL,
    "stage_since" TEXT NOT NULL,
    "p_alive" TEXT,
    "rfm" TEXT,
    "class" TEXT,
    "key_account" INTEGER,
    "loss_making" INTEGER,
    "net_profit" TEXT,
    "alerts" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    PRIMARY KEY ("customer_id")
  )`,
  `CREATE TABLE "customer_class" (
    "customer_id" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "decided_at" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    PRIMARY KEY ("customer_id")
  )`,
  `CREATE TABLE "insight_run" (
    "as_of" TEXT NOT NULL,
    "completed_at" TEXT NOT NULL,
    "customers" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    PRIMARY KEY ("as_of")
  )`,
  `CREATE INDEX ix_customer_insight_level ON "customer_insight" ("value_level")`,
  `CREATE INDEX ix_customer_insight_stage ON "customer_insight" ("stage")`,
];

const DROP = ['DROP TABLE "insight_run"', 'DROP TABLE "customer_class"', 'DROP TABLE "customer_insight"'];

export class SqliteInsight1764111600000 implements MigrationInterface {
  readonly name = 'SqliteInsight1764111600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DROP) await runner.query(statement);
  }
}
