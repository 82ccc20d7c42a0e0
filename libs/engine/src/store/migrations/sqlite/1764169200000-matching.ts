import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Matching: which accounts share blocks, which pairs were found, and what people noted of those that wait. */
const CREATE = [
  `CREATE TABLE "match_block" (
    "block" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    PRIMARY KEY ("block", "system", "key")
  ) WITHOUT ROWID`,
  `CREATE TABLE "match_pair" (
    "a_system" TEXT NOT NULL,
    "a_key" TEXT NOT NULL,
    "b_system" TEXT NOT NULL,
    "b_key" TEXT NOT NULL,
    "weight" INTEGER NOT NULL,
    "verdict" TEXT NOT NULL,
    PRIMARY KEY ("a_system", "a_key", "b_system", "b_key")
  ) WITHOUT ROWID`,
  `CREATE TABLE "match_task" (
    "a_system" TEXT NOT NULL,
    "a_key" TEXT NOT NULL,
    "b_system" TEXT NOT NULL,
    "b_key" TEXT NOT NULL,
    "assignee" TEXT,
    "deferred_until" TEXT,
    "body" TEXT NOT NULL,
    PRIMARY KEY ("a_system", "a_key", "b_system", "b_key")
  ) WITHOUT ROWID`,
  `CREATE TABLE "match_state" (
    "name" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    PRIMARY KEY ("name")
  ) WITHOUT ROWID`,
  `CREATE INDEX ix_match_block_account ON "match_block" ("system", "key")`,
  `CREATE INDEX ix_match_pair_b ON "match_pair" ("b_system", "b_key")`,
  `CREATE INDEX ix_match_pair_verdict ON "match_pair" ("verdict", "weight")`,
];

const DROP = ['match_state', 'match_task', 'match_pair', 'match_block'].map((table) => `DROP TABLE "${table}"`);

export class SqliteMatching1764169200000 implements MigrationInterface {
  readonly name = 'SqliteMatching1764169200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DROP) await runner.query(statement);
  }
}
