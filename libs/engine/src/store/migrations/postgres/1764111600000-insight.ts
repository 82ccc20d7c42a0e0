import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the daily evaluation of all customers found, what people decided on their class, and the runs. */
const CREATE = [
  `CREATE TABLE "customer_insight" (
    "customer_id" text COLLATE "C" NOT NULL,
    "as_of" text COLLATE "C" NOT NULL,
    "value_score" numeric(38,10),
    "value_level" text COLLATE "C",
    "stage" text COLLATE "C" NOT NULL,
    "stage_since" text COLLATE "C" NOT NULL,
    "p_alive" numeric(38,10),
    "rfm" text COLLATE "C",
    "class" text COLLATE "C",
    "key_account" smallint,
    "loss_making" smallint,
    "net_profit" numeric(38,10),
    "alerts" text COLLATE "C" NOT NULL,
    "body" text NOT NULL,
    PRIMARY KEY ("customer_id")
  )`,
  `CREATE TABLE "customer_class" (
    "customer_id" text COLLATE "C" NOT NULL,
    "class" text COLLATE "C" NOT NULL,
    "decided_at" text COLLATE "C" NOT NULL,
    "body" text NOT NULL,
    PRIMARY KEY ("customer_id")
  )`,
  `CREATE TABLE "insight_run" (
    "as_of" text COLLATE "C" NOT NULL,
    "completed_at" text COLLATE "C" NOT NULL,
    "customers" integer NOT NULL,
    "body" text NOT NULL,
    PRIMARY KEY ("as_of")
  )`,
  `CREATE INDEX ix_customer_insight_level ON "customer_insight" ("value_level")`,
  `CREATE INDEX ix_customer_insight_stage ON "customer_insight" ("stage")`,
];

const DROP = ['DROP TABLE "insight_run"', 'DROP TABLE "customer_class"', 'DROP TABLE "customer_insight"'];

export class PostgresInsight1764111600000 implements MigrationInterface {
  readonly name = 'PostgresInsight1764111600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DROP) await runner.query(statement);
  }
}
