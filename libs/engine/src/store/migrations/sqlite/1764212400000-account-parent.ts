import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The account that one belongs to, as a subsidiary to its parent: members of a group share a limit. */
export class SqliteAccountParent1764212400000 implements MigrationInterface {
  readonly name = 'SqliteAccountParent1764212400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "account" ADD COLUMN "parent_key" TEXT');
    await runner.query('CREATE INDEX ix_account_parent ON "account" ("system", "parent_key")');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_account_parent');
    await runner.query('ALTER TABLE "account" DROP COLUMN "parent_key"');
  }
}
