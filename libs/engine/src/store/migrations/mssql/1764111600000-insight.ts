import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the daily evaluation of all customers found, what people decided on their class, and the runs. */
const CREATE = [
  `CREATE TABLE "customer_insight" (
    "customer_id" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "as_of" varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "value_score" decimal(28,10) NULL,
    "value_level" nvarchar(16) COLLATE Latin1_General_100_BIN2 NULL,
    "stage" nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "stage_since" varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "p_alive" decimal(28,10) NULL,
    "rfm" nvarchar(16) COLLATE Latin1_General_100_BIN2 NULL,
    "class" nvarchar(32) COLLATE Latin1_General_100_BIN2 NULL,
    "key_account" tinyint NULL,
    "loss_making" tinyint NULL,
    "net_profit" decimal(28,10) NULL,
    "alerts" nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "body" nvarchar(max) NOT NULL,
    CONSTRAINT pk_customer_insight PRIMARY KEY CLUSTERED ("customer_id")
  )`,
  `CREATE TABLE "customer_class" (
    "customer_id" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "class" nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "decided_at" varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "body" nvarchar(max) NOT NULL,
    CONSTRAINT pk_customer_class PRIMARY KEY CLUSTERED ("customer_id")
  )`,
  `CREATE TABLE "insight_run" (
    "as_of" varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "completed_at" varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "customers" int NOT NULL,
    "body" nvarchar(max) NOT NULL,
    CONSTRAINT pk_insight_run PRIMARY KEY CLUSTERED ("as_of")
  )`,
  `CREATE INDEX ix_customer_insight_level ON "customer_insight" ("value_level")`,
  `CREATE INDEX ix_customer_insight_stage ON "customer_insight" ("stage")`,
];

const DROP = ['DROP TABLE "insight_run"', 'DROP TABLE "customer_class"', 'DROP TABLE "customer_insight"'];

export class MssqlInsight1764111600000 implements MigrationInterface {
  readonly name = 'MssqlInsight1764111600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DROP) await runner.query(statement);
  }
}
