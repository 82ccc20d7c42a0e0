import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Matching: which accounts share blocks, which pairs were found, and what people noted of those that wait. */
const CREATE = [
  `CREATE TABLE "match_block" (
    "block" text COLLATE "C" NOT NULL,
    "system" text COLLATE "C" NOT NULL,
    "key" text COLLATE "C" NOT NULL,
    PRIMARY KEY ("block", "system", "key")
  )`,
  `CREATE TABLE "match_pair" (
    "a_system" text COLLATE "C" NOT NULL,
    "a_key" text COLLATE "C" NOT NULL,
    "b_system" text COLLATE "C" NOT NULL,
    "b_key" text COLLATE "C" NOT NULL,
    "weight" integer NOT NULL,
    "verdict" text COLLATE "C" NOT NULL,
    PRIMARY KEY ("a_system", "a_key", "b_system", "b_key")
  )`,
  `CREATE TABLE "match_task" (
    "a_system" text COLLATE "C" NOT NULL,
    "a_key" text COLLATE "C" NOT NULL,
    "b_system" text COLLATE "C" NOT NULL,
    "b_key" text COLLATE "C" NOT NULL,
    "assignee" text COLLATE "C",
    "deferred_until" text COLLATE "C",
    "body" text NOT NULL,
    PRIMARY KEY ("a_system", "a_key", "b_system", "b_key")
  )`,
  `CREATE TABLE "match_state" (
    "name" text COLLATE "C" NOT NULL,
    "fingerprint" text COLLATE "C" NOT NULL,
    PRIMARY KEY ("name")
  )`,
  `CREATE INDEX ix_match_block_account ON "match_block" ("system", "key")`,
  `CREATE INDEX ix_match_pair_b ON "match_pair" ("b_system", "b_key")`,
  `CREATE INDEX ix_match_pair_verdict ON "match_pair" ("verdict", "weight")`,
];

const DROP = ['match_state', 'match_task', 'match_pair', 'match_block'].map((table) => `DROP TABLE "${table}"`);

export class PostgresMatching1764169200000 implements MigrationInterface {
  readonly name = 'PostgresMatching1764169200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DROP) await runner.query(statement);
  }
}
