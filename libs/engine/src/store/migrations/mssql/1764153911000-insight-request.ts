import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Days of which somebody asked for an evaluation, and when last. */
const CREATE = `CREATE TABLE "insight_request" (
  "as_of" varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  "requested_at" varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_insight_request PRIMARY KEY CLUSTERED ("as_of")
)`;

export class MssqlInsightRequest1764153911000 implements MigrationInterface {
  readonly name = 'MssqlInsightRequest1764153911000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "insight_request"');
  }
}
