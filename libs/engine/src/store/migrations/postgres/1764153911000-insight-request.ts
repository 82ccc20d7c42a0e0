import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Days of which somebody asked for an evaluation, and when last. */
const CREATE = `CREATE TABLE "insight_request" (
  "as_of" text COLLATE "C" NOT NULL,
  "requested_at" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("as_of")
)`;

export class PostgresInsightRequest1764153911000 implements MigrationInterface {
  readonly name = 'PostgresInsightRequest1764153911000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "insight_request"');
  }
}
