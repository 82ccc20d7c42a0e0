import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Matching: which accounts share blocks, which pairs were found, and what people noted of those that wait. */
const CREATE = [
  `CREATE TABLE "match_block" (
    "block" nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "system" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT pk_match_block PRIMARY KEY NONCLUSTERED ("block", "system", "key")
  )`,
  `CREATE TABLE "match_pair" (
    "a_system" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "a_key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "b_system" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "b_key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "weight" int NOT NULL,
    "verdict" nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT pk_match_pair PRIMARY KEY NONCLUSTERED ("a_system", "a_key", "b_system", "b_key")
  )`,
  `CREATE TABLE "match_task" (
    "a_system" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "a_key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "b_system" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "b_key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "assignee" nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
    "deferred_until" varchar(30) COLLATE Latin1_General_100_BIN2 NULL,
    "body" nvarchar(max) NOT NULL,
    CONSTRAINT pk_match_task PRIMARY KEY NONCLUSTERED ("a_system", "a_key", "b_system", "b_key")
  )`,
  `CREATE TABLE "match_state" (
    "name" nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "fingerprint" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT pk_match_state PRIMARY KEY NONCLUSTERED ("name")
  )`,
  `CREATE INDEX ix_match_block_account ON "match_block" ("system", "key")`,
  `CREATE INDEX ix_match_pair_b ON "match_pair" ("b_system", "b_key")`,
  `CREATE INDEX ix_match_pair_verdict ON "match_pair" ("verdict", "weight")`,
];

const DROP = ['match_state', 'match_task', 'match_pair', 'match_block'].map((table) => `DROP TABLE "${table}"`);

export class MssqlMatching1764169200000 implements MigrationInterface {
  readonly name = 'MssqlMatching1764169200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DROP) await runner.query(statement);
  }
}
