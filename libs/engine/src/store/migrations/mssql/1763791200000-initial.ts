import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The first schema. Keys compare by code unit (BIN2), not by the ignorant-of-case collation that databases have by default. */
const CREATE = [
  `CREATE TABLE "account" (
    "system" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "customer_id" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "birth_id" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "is_customer" tinyint NOT NULL,
    "code" nvarchar(255) COLLATE Latin1_General_100_BIN2 NULL,
    "name" nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL,
    "is_live" tinyint NOT NULL,
    "merged_into" nvarchar(255) COLLATE Latin1_General_100_BIN2 NULL,
    "body" nvarchar(max) NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY CLUSTERED ("system", "key")
  )`,
  `CREATE TABLE "account_identity_key" (
    "identity_key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "system" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT pk_account_identity_key PRIMARY KEY NONCLUSTERED ("identity_key", "system", "key")
  )`,
  `CREATE TABLE "api_key" (
    "id" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "name" nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "role" nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "hash" nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "created_at" varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "expires_at" varchar(30) COLLATE Latin1_General_100_BIN2 NULL,
    "revoked_at" varchar(30) COLLATE Latin1_General_100_BIN2 NULL,
    CONSTRAINT pk_api_key PRIMARY KEY CLUSTERED ("id")
  )`,
  `CREATE TABLE "audit_log" (
    "id" bigint IDENTITY(1,1) NOT NULL PRIMARY KEY,
    "at" varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "actor" nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "action" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "subject" nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "detail" nvarchar(max) NULL
  )`,
  `CREATE TABLE "customer" (
    "id" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "version" int NOT NULL,
    "status" nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "merged_into" nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL,
    "name" nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL,
    "is_customer" tinyint NOT NULL,
    "account_count" int NOT NULL,
    "currency" nvarchar(8) COLLATE Latin1_General_100_BIN2 NULL,
    "open_total" decimal(28,10) NULL,
    "unapplied_total" decimal(28,10) NULL,
    "open_order_total" decimal(28,10) NULL,
    "search_text" nvarchar(1000) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "hash" nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "body" nvarchar(max) NOT NULL,
    "evaluated_on" varchar(10) COLLATE Latin1_General_100_BIN2 NULL,
    CONSTRAINT pk_customer PRIMARY KEY CLUSTERED ("id")
  )`,
  `CREATE TABLE "dead_letter" (
    "id" nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "stage" nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "system" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "topic" nvarchar(249) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "partition_no" int NOT NULL,
    "offset_no" bigint NOT NULL,
    "parking_hash" nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL,
    "parking_key" nvarchar(max) NULL,
    "key_bytes" varbinary(max) NULL,
    "value_bytes" varbinary(max) NULL,
    "headers" nvarchar(max) NOT NULL,
    "message_at" bigint NOT NULL,
    "error_code" nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "error_class" nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "error_message" nvarchar(max) NOT NULL,
    "error_where" nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL,
    "advice" nvarchar(max) NULL,
    "mapping" nvarchar(128) COLLATE Latin1_General_100_BIN2 NULL,
    "attempts" int NOT NULL,
    "status" nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "first_failed_at" varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "last_failed_at" varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "status_at" varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT pk_dead_letter PRIMARY KEY CLUSTERED ("id")
  )`,
  `CREATE TABLE "delivery" (
    "target" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "account_key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "customer_id" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "account_code" nvarchar(255) COLLATE Latin1_General_100_BIN2 NULL,
    "desired_version" int NOT NULL,
    "confirmed_version" int NULL,
    "state" nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "attempts" int NOT NULL,
    "next_attempt_at" varchar(30) COLLATE Latin1_General_100_BIN2 NULL,
    "leased_until" varchar(30) COLLATE Latin1_General_100_BIN2 NULL,
    "ready_at" varchar(30) COLLATE Latin1_General_100_BIN2 NULL,
    "error_code" nvarchar(128) COLLATE Latin1_General_100_BIN2 NULL,
    "error_class" nvarchar(32) COLLATE Latin1_General_100_BIN2 NULL,
    "error_message" nvarchar(2000) COLLATE Latin1_General_100_BIN2 NULL,
    "observed" nvarchar(max) NULL,
    "updated_at" varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "confirmed_at" varchar(30) COLLATE Latin1_General_100_BIN2 NULL,
    CONSTRAINT pk_delivery PRIMARY KEY CLUSTERED ("target", "account_key")
  )`,
  `CREATE TABLE "delivery_attempt" (
    "id" bigint IDENTITY(1,1) NOT NULL PRIMARY KEY,
    "target" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "account_key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "customer_id" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "version" int NOT NULL,
    "at" varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "outcome" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "before_values" nvarchar(max) NULL,
    "after_values" nvarchar(max) NULL
  )`,
  `CREATE TABLE "identity_decision" (
    "id" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "a_system" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "a_key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "b_system" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "b_key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "verdict" nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "is_revoked" tinyint NOT NULL,
    "decided_at" varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "body" nvarchar(max) NOT NULL,
    CONSTRAINT pk_identity_decision PRIMARY KEY CLUSTERED ("id")
  )`,
  `CREATE TABLE "input_position" (
    "stage" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "topic" nvarchar(249) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "partition_no" int NOT NULL,
    "next_offset" bigint NOT NULL,
    CONSTRAINT pk_input_position PRIMARY KEY CLUSTERED ("stage", "topic", "partition_no")
  )`,
  `CREATE TABLE "outbox" (
    "id" bigint IDENTITY(1,1) NOT NULL PRIMARY KEY,
    "stage" nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "messages" varbinary(max) NOT NULL
  )`,
  `CREATE TABLE "rating" (
    "customer_id" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "version" int NOT NULL,
    "grade" nvarchar(16) COLLATE Latin1_General_100_BIN2 NULL,
    "term_days" int NOT NULL,
    "limit_amount" decimal(28,10) NULL,
    "currency" nvarchar(8) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "hold" nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "score" decimal(28,10) NULL,
    "policy" nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "policy_version" int NOT NULL,
    "as_of" varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "decided_at" varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "is_current" tinyint NOT NULL,
    "body" nvarchar(max) NOT NULL,
    CONSTRAINT pk_rating PRIMARY KEY CLUSTERED ("customer_id", "version")
  )`,
  `CREATE TABLE "receivable_item" (
    "system" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "account_key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "type" nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "number" nvarchar(128) COLLATE Latin1_General_100_BIN2 NULL,
    "currency" nvarchar(8) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "amount" decimal(28,10) NOT NULL,
    "open_amount" decimal(28,10) NOT NULL,
    "posted_on" varchar(10) COLLATE Latin1_General_100_BIN2 NULL,
    "due_on" varchar(10) COLLATE Latin1_General_100_BIN2 NULL,
    "settled_on" varchar(10) COLLATE Latin1_General_100_BIN2 NULL,
    "is_open" tinyint NOT NULL,
    "body" nvarchar(max) NOT NULL,
    CONSTRAINT pk_receivable_item PRIMARY KEY CLUSTERED ("system", "key")
  )`,
  `CREATE TABLE "record" (
    "system" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "kind" nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "version" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "deleted" tinyint NOT NULL,
    "body" nvarchar(max) NOT NULL,
    CONSTRAINT pk_record PRIMARY KEY CLUSTERED ("system", "kind", "key")
  )`,
  `CREATE TABLE "record_ref" (
    "system" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "target_kind" nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "target_key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "kind" nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "name" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT pk_record_ref PRIMARY KEY NONCLUSTERED ("system", "target_kind", "target_key", "kind", "key", "name")
  )`,
  `CREATE TABLE "sales_order" (
    "system" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "account_key" nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "number" nvarchar(128) COLLATE Latin1_General_100_BIN2 NULL,
    "state" nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "currency" nvarchar(8) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "ordered_amount" decimal(28,10) NOT NULL,
    "open_amount" decimal(28,10) NOT NULL,
    "ordered_on" varchar(10) COLLATE Latin1_General_100_BIN2 NULL,
    "is_open" tinyint NOT NULL,
    "body" nvarchar(max) NOT NULL,
    CONSTRAINT pk_sales_order PRIMARY KEY CLUSTERED ("system", "key")
  )`,
  `CREATE TABLE "source_activity" (
    "system" nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "topic" nvarchar(249) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "last_event_at" varchar(30) COLLATE Latin1_General_100_BIN2 NULL,
    "last_seen_at" varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "events" bigint NOT NULL,
    CONSTRAINT pk_source_activity PRIMARY KEY CLUSTERED ("system", "topic")
  )`,
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

export class MssqlInitial1763791200000 implements MigrationInterface {
  readonly name = 'MssqlInitial1763791200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DROP) await runner.query(statement);
  }
}
