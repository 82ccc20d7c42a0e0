import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The account that one belongs to, as a subsidiary to its parent: members of a group share a limit. */
export class MssqlAccountParent1764212400000 implements MigrationInterface {
  readonly name = 'MssqlAccountParent1764212400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "account" ADD "parent_key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NULL');
    await runner.query('CREATE INDEX ix_account_parent ON "account" ("system", "parent_key")');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_account_parent ON "account"');
    await runner.query('ALTER TABLE "account" DROP COLUMN "parent_key"');
  }
}
