import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The first schema. Amounts are exact text; 8 KB pages are set before the first table (see open-sqlite). */
const CREATE = [
  `CREATE TABLE "account" (
    "system" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "birth_id" TEXT NOT NULL,
    "is_customer" INTEGER NOT NULL,
    "code" TEXT,
    "name" TEXT,
    "is_live" INTEGER NOT NULL,
    "merged_into" TEXT,
    "body" TEXT NOT NULL,
    PRIMARY KEY ("system", "key")
  )`,
  `CREATE TABLE "account_identity_key" (
    "identity_key" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    PRIMARY KEY ("identity_key", "system", "key")
  ) WITHOUT ROWID`,
  `CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "expires_at" TEXT,
    "revoked_at" TEXT,
    PRIMARY KEY ("id")
  )`,
  `CREATE TABLE "audit_log" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "at" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" TEXT
  )`,
  `CREATE TABLE "customer" (
    "id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "merged_into" TEXT,
    "name" TEXT,
    "is_customer" INTEGER NOT NULL,
    "account_count" INTEGER NOT NULL,
    "currency" TEXT,
    "open_total" TEXT,
    "unapplied_total" TEXT,
    "open_order_total" TEXT,
    "search_text" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "evaluated_on" TEXT,
    PRIMARY KEY ("id")
  )`,
  `CREATE TABLE "dead_letter" (
    "id" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "partition_no" INTEGER NOT NULL,
    "offset_no" INTEGER NOT NULL,
    "parking_hash" TEXT,
    "parking_key" TEXT,
    "key_bytes" BLOB,
    "value_bytes" BLOB,
    "headers" TEXT NOT NULL,
    "message_at" INTEGER NOT NULL,
    "error_code" TEXT NOT NULL,
    "error_class" TEXT NOT NULL,
    "error_message" TEXT NOT NULL,
    "error_where" TEXT,
    "advice" TEXT,
    "mapping" TEXT,
    "attempts" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "first_failed_at" TEXT NOT NULL,
    "last_failed_at" TEXT NOT NULL,
    "status_at" TEXT NOT NULL,
    PRIMARY KEY ("id")
  )`,
  `CREATE TABLE "delivery" (
    "target" TEXT NOT NULL,
    "account_key" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "account_code" TEXT,
    "desired_version" INTEGER NOT NULL,
    "confirmed_version" INTEGER,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "next_attempt_at" TEXT,
    "leased_until" TEXT,
    "ready_at" TEXT,
    "error_code" TEXT,
    "error_class" TEXT,
    "error_message" TEXT,
    "observed" TEXT,
    "updated_at" TEXT NOT NULL,
    "confirmed_at" TEXT,
    PRIMARY KEY ("target", "account_key")
  )`,
  `CREATE TABLE "delivery_attempt" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "target" TEXT NOT NULL,
    "account_key" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "before_values" TEXT,
    "after_values" TEXT
  )`,
  `CREATE TABLE "identity_decision" (
    "id" TEXT NOT NULL,
    "a_system" TEXT NOT NULL,
    "a_key" TEXT NOT NULL,
    "b_system" TEXT NOT NULL,
    "b_key" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "is_revoked" INTEGER NOT NULL,
    "decided_at" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    PRIMARY KEY ("id")
  )`,
  `CREATE TABLE "input_position" (
    "stage" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "partition_no" INTEGER NOT NULL,
    "next_offset" INTEGER NOT NULL,
    PRIMARY KEY ("stage", "topic", "partition_no")
  ) WITHOUT ROWID`,
  `CREATE TABLE "outbox" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "stage" TEXT NOT NULL,
    "messages" BLOB NOT NULL
  )`,
  `CREATE TABLE "rating" (
    "customer_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "grade" TEXT,
    "term_days" INTEGER NOT NULL,
    "limit_amount" TEXT,
    "currency" TEXT NOT NULL,
    "hold" TEXT NOT NULL,
    "score" TEXT,
    "policy" TEXT NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "as_of" TEXT NOT NULL,
    "decided_at" TEXT NOT NULL,
    "is_current" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    PRIMARY KEY ("customer_id", "version")
  )`,
  `CREATE TABLE "receivable_item" (
    "system" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "account_key" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "number" TEXT,
    "currency" TEXT NOT NULL,
    "amount" TEXT NOT NULL,
    "open_amount" TEXT NOT NULL,
    "posted_on" TEXT,
    "due_on" TEXT,
    "settled_on" TEXT,
    "is_open" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    PRIMARY KEY ("system", "key")
  )`,
  `CREATE TABLE "record" (
    "system" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "deleted" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    PRIMARY KEY ("system", "kind", "key")
  )`,
  `CREATE TABLE "record_ref" (
    "system" TEXT NOT NULL,
    "target_kind" TEXT NOT NULL,
    "target_key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    PRIMARY KEY ("system", "target_kind", "target_key", "kind", "key", "name")
  ) WITHOUT ROWID`,
  `CREATE TABLE "sales_order" (
    "system" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "account_key" TEXT NOT NULL,
    "number" TEXT,
    "state" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "ordered_amount" TEXT NOT NULL,
    "open_amount" TEXT NOT NULL,
    "ordered_on" TEXT,
    "is_open" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    PRIMARY KEY ("system", "key")
  )`,
  `CREATE TABLE "source_activity" (
    "system" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "last_event_at" TEXT,
    "last_seen_at" TEXT NOT NULL,
    "events" INTEGER NOT NULL,
    PRIMARY KEY ("system", "topic")
  ) WITHOUT ROWID`,
  `CREATE INDEX ix_receivable_item_account ON "receivable_item" ("system", "account_key", "is_open")`,
  `CREATE INDEX ix_sales_order_account ON "sales_order" ("system", "account_key", "is_open")`,
  `CREATE INDEX ix_account_customer ON "account" ("customer_id")`,
  `CREATE INDEX ix_account_merged_into ON "account" ("system", "merged_into")`,
  `CREATE INDEX ix_account_identity_key_account ON "account_identity_key" ("system", "key")`,
  `CREATE INDEX ix_identity_decision_a ON "identity_decision" ("a_system", "a_key")`,
  `CREATE INDEX ix_identity_decision_b ON "identity_decision" ("b_system", "b_key")`,
  `CREATE INDEX ix_customer_name ON "customer" ("name", "id")`,
  `CREATE INDEX ix_customer_evaluated_on ON "customer" ("status", "is_customer", "evaluated_on")`,
  `CREATE INDEX ix_rating_current ON "rating" ("is_current", "grade")`,
  `CREATE INDEX ix_rating_customer ON "rating" ("customer_id", "is_current")`,
  `CREATE INDEX ix_delivery_ready ON "delivery" ("target", "ready_at")`,
  `CREATE INDEX ix_delivery_customer ON "delivery" ("customer_id")`,
  `CREATE INDEX ix_delivery_attempt_delivery ON "delivery_attempt" ("target", "account_key", "at")`,
  `CREATE INDEX ix_delivery_attempt_customer ON "delivery_attempt" ("customer_id", "at")`,
  `CREATE INDEX ix_dead_letter_parking ON "dead_letter" ("parking_hash", "status")`,
  `CREATE INDEX ix_dead_letter_status ON "dead_letter" ("status", "last_failed_at")`,
  `CREATE INDEX ix_outbox_stage ON "outbox" ("stage", "id")`,
  `CREATE INDEX ix_audit_log_at ON "audit_log" ("at")`,
];

const DROP = [
  'DROP TABLE "source_activity"',
  'DROP TABLE "sales_order"',
  'DROP TABLE "record_ref"',
  'DROP TABLE "record"',
  'DROP TABLE "receivable_item"',
  'DROP TABLE "rating"',
  'DROP TABLE "outbox"',
  'DROP TABLE "input_position"',
  'DROP TABLE "identity_decision"',
  'DROP TABLE "delivery_attempt"',
  'DROP TABLE "delivery"',
  'DROP TABLE "dead_letter"',
  'DROP TABLE "customer"',
  'DROP TABLE "audit_log"',
  'DROP TABLE "api_key"',
  'DROP TABLE "account_identity_key"',
  'DROP TABLE "account"',
];

export class SqliteInitial1763791200000 implements MigrationInterface {
  readonly name = 'SqliteInitial1763791200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DROP) await runner.query(statement);
  }
}
