import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Seals each entry of the audit over the one before it. Entries that are there stay without. */
const ADD = [
  `ALTER TABLE "audit_log" ADD "previous_hash" nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL`,
  `ALTER TABLE "audit_log" ADD "hash" nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL`,
];

const DROP = ['ALTER TABLE "audit_log" DROP COLUMN "hash"', 'ALTER TABLE "audit_log" DROP COLUMN "previous_hash"'];

export class MssqlAuditSeals1764162000000 implements MigrationInterface {
  readonly name = 'MssqlAuditSeals1764162000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of ADD) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DROP) await runner.query(statement);
  }
}
