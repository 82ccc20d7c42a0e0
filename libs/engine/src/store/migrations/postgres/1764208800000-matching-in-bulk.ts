import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a backlog puts off: accounts to be matched, customers to be folded. What accounts look like to the model. */
const CREATE = [
  `CREATE TABLE "match_due" (
    "system" text COLLATE "C" NOT NULL,
    "key" text COLLATE "C" NOT NULL,
    PRIMARY KEY ("system", "key")
  )`,
  `CREATE TABLE "customer_due" (
    "id" text COLLATE "C" NOT NULL,
    PRIMARY KEY ("id")
  )`,
  `CREATE TABLE "match_prepared" (
    "system" text COLLATE "C" NOT NULL,
    "key" text COLLATE "C" NOT NULL,
    "fingerprint" text COLLATE "C" NOT NULL,
    "body" text NOT NULL,
    PRIMARY KEY ("system", "key")
  )`,
];

const DROP = ['match_prepared', 'customer_due', 'match_due'].map((table) => `DROP TABLE "${table}"`);

export class PostgresMatchingInBulk1764208800000 implements MigrationInterface {
  readonly name = 'PostgresMatchingInBulk1764208800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DROP) await runner.query(statement);
  }
}
