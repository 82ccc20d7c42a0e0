import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The first schema. Keys, days and moments compare by code unit (COLLATE "C"), as in every dialect. */
const CREATE = [
  `CREATE TABLE "account" (
    "system" text COLLATE "C" NOT NULL,
    "key" text COLLATE "C" NOT NULL,
    "customer_id" text COLLATE "C" NOT NULL,
    "birth_id" text COLLATE "C" NOT NULL,
    "is_customer" smallint NOT NULL,
    "code" text COLLATE "C",
    "name" text COLLATE "C",
    "is_live" smallint NOT NULL,
    "merged_into" text COLLATE "C",
    "body" text NOT NULL,
    PRIMARY KEY ("system", "key")
  )`,
  `CREATE TABLE "account_identity_key" (
    "identity_key" text COLLATE "C" NOT NULL,
    "system" text COLLATE "C" NOT NULL,
    "key" text COLLATE "C" NOT NULL,
    PRIMARY KEY ("identity_key", "system", "key")
  )`,
  `CREATE TABLE "api_key" (
    "id" text COLLATE "C" NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "role" text COLLATE "C" NOT NULL,
    "hash" text COLLATE "C" NOT NULL,
    "created_at" text COLLATE "C" NOT NULL,
    "expires_at" text COLLATE "C",
    "revoked_at" text COLLATE "C",
    PRIMARY KEY ("id")
  )`,
  `CREATE TABLE "audit_log" (
    "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "at" text COLLATE "C" NOT NULL,
    "actor" text COLLATE "C" NOT NULL,
    "action" text COLLATE "C" NOT NULL,
    "subject" text COLLATE "C" NOT NULL,
    "detail" text
  )`,
  `CREATE TABLE "customer" (
    "id" text COLLATE "C" NOT NULL,
    "version" integer NOT NULL,
    "status" text COLLATE "C" NOT NULL,
    "merged_into" text COLLATE "C",
    "name" text COLLATE "C",
    "is_customer" smallint NOT NULL,
    "account_count" integer NOT NULL,
    "currency" text COLLATE "C",
    "open_total" numeric(38,10),
    "unapplied_total" numeric(38,10),
    "open_order_total" numeric(38,10),
    "search_text" text COLLATE "C" NOT NULL,
    "hash" text COLLATE "C" NOT NULL,
    "body" text NOT NULL,
    "evaluated_on" text COLLATE "C",
    PRIMARY KEY ("id")
  )`,
  `CREATE TABLE "dead_letter" (
    "id" text COLLATE "C" NOT NULL,
    "stage" text COLLATE "C" NOT NULL,
    "system" text COLLATE "C" NOT NULL,
    "topic" text COLLATE "C" NOT NULL,
    "partition_no" integer NOT NULL,
    "offset_no" bigint NOT NULL,
    "parking_hash" text COLLATE "C",
    "parking_key" text,
    "key_bytes" bytea,
    "value_bytes" bytea,
    "headers" text NOT NULL,
    "message_at" bigint NOT NULL,
    "error_code" text COLLATE "C" NOT NULL,
    "error_class" text COLLATE "C" NOT NULL,
    "error_message" text NOT NULL,
    "error_where" text COLLATE "C",
    "advice" text,
    "mapping" text COLLATE "C",
    "attempts" integer NOT NULL,
    "status" text COLLATE "C" NOT NULL,
    "first_failed_at" text COLLATE "C" NOT NULL,
    "last_failed_at" text COLLATE "C" NOT NULL,
    "status_at" text COLLATE "C" NOT NULL,
    PRIMARY KEY ("id")
  )`,
  `CREATE TABLE "delivery" (
    "target" text COLLATE "C" NOT NULL,
    "account_key" text COLLATE "C" NOT NULL,
    "customer_id" text COLLATE "C" NOT NULL,
    "account_code" text COLLATE "C",
    "desired_version" integer NOT NULL,
    "confirmed_version" integer,
    "state" text COLLATE "C" NOT NULL,
    "attempts" integer NOT NULL,
    "next_attempt_at" text COLLATE "C",
    "leased_until" text COLLATE "C",
    "ready_at" text COLLATE "C",
    "error_code" text COLLATE "C",
    "error_class" text COLLATE "C",
    "error_message" text COLLATE "C",
    "observed" text,
    "updated_at" text COLLATE "C" NOT NULL,
    "confirmed_at" text COLLATE "C",
    PRIMARY KEY ("target", "account_key")
  )`,
  `CREATE TABLE "delivery_attempt" (
    "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "target" text COLLATE "C" NOT NULL,
    "account_key" text COLLATE "C" NOT NULL,
    "customer_id" text COLLATE "C" NOT NULL,
    "version" integer NOT NULL,
    "at" text COLLATE "C" NOT NULL,
    "outcome" text COLLATE "C" NOT NULL,
    "before_values" text,
    "after_values" text
  )`,
  `CREATE TABLE "identity_decision" (
    "id" text COLLATE "C" NOT NULL,
    "a_system" text COLLATE "C" NOT NULL,
    "a_key" text COLLATE "C" NOT NULL,
    "b_system" text COLLATE "C" NOT NULL,
    "b_key" text COLLATE "C" NOT NULL,
    "verdict" text COLLATE "C" NOT NULL,
    "is_revoked" smallint NOT NULL,
    "decided_at" text COLLATE "C" NOT NULL,
    "body" text NOT NULL,
    PRIMARY KEY ("id")
  )`,
  `CREATE TABLE "input_position" (
    "stage" text COLLATE "C" NOT NULL,
    "topic" text COLLATE "C" NOT NULL,
    "partition_no" integer NOT NULL,
    "next_offset" bigint NOT NULL,
    PRIMARY KEY ("stage", "topic", "partition_no")
  )`,
  `CREATE TABLE "outbox" (
    "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "stage" text COLLATE "C" NOT NULL,
    "messages" bytea NOT NULL
  )`,
  `CREATE TABLE "rating" (
    "customer_id" text COLLATE "C" NOT NULL,
    "version" integer NOT NULL,
    "grade" text COLLATE "C",
    "term_days" integer NOT NULL,
    "limit_amount" numeric(38,10),
    "currency" text COLLATE "C" NOT NULL,
    "hold" text COLLATE "C" NOT NULL,
    "score" numeric(38,10),
    "policy" text COLLATE "C" NOT NULL,
    "policy_version" integer NOT NULL,
    "as_of" text COLLATE "C" NOT NULL,
    "decided_at" text COLLATE "C" NOT NULL,
    "is_current" smallint NOT NULL,
    "body" text NOT NULL,
    PRIMARY KEY ("customer_id", "version")
  )`,
  `CREATE TABLE "receivable_item" (
    "system" text COLLATE "C" NOT NULL,
    "key" text COLLATE "C" NOT NULL,
    "account_key" text COLLATE "C" NOT NULL,
    "type" text COLLATE "C" NOT NULL,
    "number" text COLLATE "C",
    "currency" text COLLATE "C" NOT NULL,
    "amount" numeric(38,10) NOT NULL,
    "open_amount" numeric(38,10) NOT NULL,
    "posted_on" text COLLATE "C",
    "due_on" text COLLATE "C",
    "settled_on" text COLLATE "C",
    "is_open" smallint NOT NULL,
    "body" text NOT NULL,
    PRIMARY KEY ("system", "key")
  )`,
  `CREATE TABLE "record" (
    "system" text COLLATE "C" NOT NULL,
    "kind" text COLLATE "C" NOT NULL,
    "key" text COLLATE "C" NOT NULL,
    "version" text COLLATE "C" NOT NULL,
    "deleted" smallint NOT NULL,
    "body" text NOT NULL,
    PRIMARY KEY ("system", "kind", "key")
  )`,
  `CREATE TABLE "record_ref" (
    "system" text COLLATE "C" NOT NULL,
    "target_kind" text COLLATE "C" NOT NULL,
    "target_key" text COLLATE "C" NOT NULL,
    "kind" text COLLATE "C" NOT NULL,
    "key" text COLLATE "C" NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    PRIMARY KEY ("system", "target_kind", "target_key", "kind", "key", "name")
  )`,
  `CREATE TABLE "sales_order" (
    "system" text COLLATE "C" NOT NULL,
    "key" text COLLATE "C" NOT NULL,
    "account_key" text COLLATE "C" NOT NULL,
    "number" text COLLATE "C",
    "state" text COLLATE "C" NOT NULL,
    "currency" text COLLATE "C" NOT NULL,
    "ordered_amount" numeric(38,10) NOT NULL,
    "open_amount" numeric(38,10) NOT NULL,
    "ordered_on" text COLLATE "C",
    "is_open" smallint NOT NULL,
    "body" text NOT NULL,
    PRIMARY KEY ("system", "key")
  )`,
  `CREATE TABLE "source_activity" (
    "system" text COLLATE "C" NOT NULL,
    "topic" text COLLATE "C" NOT NULL,
    "last_event_at" text COLLATE "C",
    "last_seen_at" text COLLATE "C" NOT NULL,
    "events" bigint NOT NULL,
    PRIMARY KEY ("system", "topic")
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

export class PostgresInitial1763791200000 implements MigrationInterface {
  readonly name = 'PostgresInitial1763791200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CREATE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DROP) await runner.query(statement);
  }
}
