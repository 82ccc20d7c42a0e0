import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From the id that an account was born with to the customer that has the account now. */
export class PostgresAccountBirth1764137519000 implements MigrationInterface {
  readonly name = 'PostgresAccountBirth1764137519000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX ix_account_birth ON "account" ("birth_id", "customer_id")');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_account_birth');
  }
}
