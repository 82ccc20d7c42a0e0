import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Days of which somebody asked for an evaluation, and when last. */
const CREATE = `CREATE TABLE "insight_request" (
  "as_of" TEXT NOT NULL,
  "requested_at" TEXT NOT NULL,
  PRIMARY KEY ("as_of")
)`;

export class SqliteInsightRequest1764153911000 implements MigrationInterface {
  readonly name = 'SqliteInsightRequest1764153911000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "insight_request"');
  }
}
